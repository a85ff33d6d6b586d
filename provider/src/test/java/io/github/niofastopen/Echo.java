// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.SelectorProvider;

/** A loopback server of one provider that sends one connection's bytes back until its client closes. */
final class Echo implements AutoCloseable {
    private final ServerSocketChannel server;
    private final Thread thread;

    Echo(SelectorProvider provider) throws IOException {
        server = provider.openServerSocketChannel();
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        thread = new Thread(this::serve, "echo");
        thread.setDaemon(true);
        thread.start();
    }

    InetSocketAddress address() throws IOException {
        return (InetSocketAddress) server.getLocalAddress();
    }

    /** Sends bytes through a blocking channel, and returns what comes back. */
    static byte[] exchangeBlocking(SocketChannel channel, byte[] bytes) throws IOException {
        ByteBuffer out = ByteBuffer.wrap(bytes);
        while (out.hasRemaining()) {
            channel.write(out);
        }
        ByteBuffer in = ByteBuffer.allocate(bytes.length);
        while (in.hasRemaining() && channel.read(in) >= 0) {
            // On to the next part.
        }
        return in.array();
    }

    /** Connects a new channel in non-blocking mode, sends bytes, and returns what comes back. */
    static byte[] exchangeBySelector(SelectorProvider provider, InetSocketAddress address, byte[] bytes)
            throws IOException {
        ByteBuffer out = ByteBuffer.wrap(bytes);
        ByteBuffer in = ByteBuffer.allocate(bytes.length);
        try (Selector selector = provider.openSelector(); SocketChannel channel = provider.openSocketChannel()) {
            channel.configureBlocking(false);
            boolean connected = channel.connect(address);
            SelectionKey key =
                channel.register(selector, connected ? SelectionKey.OP_WRITE : SelectionKey.OP_CONNECT);
            while (in.hasRemaining()) {
                selector.select();
                selector.selectedKeys().clear();
                if (key.isConnectable() && channel.finishConnect()) {
                    key.interestOps(SelectionKey.OP_WRITE);
                } else if (key.isWritable() && channel.write(out) >= 0 && !out.hasRemaining()) {
                    key.interestOps(SelectionKey.OP_READ);
                } else if (key.isReadable() && channel.read(in) < 0) {
                    break;
                }
            }
        }
        return in.array();
    }

    private void serve() {
        ByteBuffer buffer = ByteBuffer.allocate(8192);
        try (SocketChannel accepted = server.accept()) {
            while (accepted.read(buffer) >= 0) {
                buffer.flip();
                while (buffer.hasRemaining()) {
                    accepted.write(buffer);
                }
                buffer.clear();
            }
        } catch (ClosedChannelException e) {
            // The test is over.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
