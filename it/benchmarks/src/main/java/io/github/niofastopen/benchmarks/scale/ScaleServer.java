// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.benchmarks.scale;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** Answers the first bytes of each connection by one byte, and keeps it until the client closes. Ends with its standard input. */
public final class ScaleServer {
    private static final int BACKLOG = 65535;

    private final Selector selector;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(Peers.HELLO);

    private ScaleServer(Selector selector) {
        this.selector = selector;
    }

    public static void main(String[] arguments) throws IOException {
        Selector selector = Selector.open();
        for (int i = 0; i < Peers.ADDRESSES; i++) {
            ServerSocketChannel server = ServerSocketChannel.open();
            server.bind(Peers.address(i), BACKLOG);
            server.configureBlocking(false).register(selector, SelectionKey.OP_ACCEPT);
        }
        Thread serving = new Thread(new ScaleServer(selector)::serve);
        serving.setDaemon(true);
        serving.start();
        System.out.println("ready");
        System.in.read();
    }

    private void serve() {
        try {
            while (true) {
                selector.select(this::handle);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void handle(SelectionKey key) {
        try {
            if (key.isAcceptable()) {
                acceptAll((ServerSocketChannel) key.channel());
            } else {
                answer(key, (SocketChannel) key.channel());
            }
        } catch (IOException e) {
            close(key);
        }
    }

    private void acceptAll(ServerSocketChannel server) throws IOException {
        for (SocketChannel accepted = server.accept(); accepted != null; accepted = server.accept()) {
            accepted.setOption(StandardSocketOptions.TCP_NODELAY, true);
            accepted.configureBlocking(false).register(selector, SelectionKey.OP_READ);
        }
    }

    private void answer(SelectionKey key, SocketChannel channel) throws IOException {
        int read = channel.read(buffer.clear());
        if (read < 0) {
            close(key);
        } else if (key.attachment() == null && read > 0) {
            key.attach(Boolean.TRUE);
            channel.write(buffer.clear().limit(1));
        }
    }

    private static void close(SelectionKey key) {
        try {
            key.channel().close();
        } catch (IOException e) {
            // It is gone all the same.
        }
    }
}
