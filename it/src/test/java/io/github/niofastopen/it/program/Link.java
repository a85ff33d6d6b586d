// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.program;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/** A connection in one of the styles in which applications use a socket channel, or a socket. */
abstract class Link implements Closeable {
    static Link of(String style) throws IOException {
        switch (style) {
            case "adaptor":
                return new OfStreams(SocketChannel.open().socket());
            case "socket":
                return new OfStreams(new Socket());
            case "selector":
                return new Selecting();
            default: // "virtual" is a matter of the thread
                return new Blocking();
        }
    }

    abstract void connect(InetSocketAddress remote) throws IOException;

    abstract void send(byte[] message) throws IOException;

    abstract byte[] receive(int length) throws IOException;

    private abstract static class OfChannel extends Link {
        final SocketChannel channel = SocketChannel.open();

        OfChannel() throws IOException {
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }

    private static void read(SocketChannel channel, ByteBuffer into) throws IOException {
        if (channel.read(into) < 0) {
            throw new EOFException("the stream ended after " + into.position() + " bytes");
        }
    }

    private static final class Blocking extends OfChannel {
        Blocking() throws IOException {
        }

        @Override
        void connect(InetSocketAddress remote) throws IOException {
            channel.connect(remote);
        }

        @Override
        void send(byte[] message) throws IOException {
            channel.write(ByteBuffer.wrap(message));
        }

        @Override
        byte[] receive(int length) throws IOException {
            ByteBuffer received = ByteBuffer.allocate(length);
            while (received.hasRemaining()) {
                read(channel, received);
            }
            return received.array();
        }
    }

    private static final class OfStreams extends Link {
        private static final int TIMEOUT_MILLIS = 30_000;

        private final Socket socket;

        OfStreams(Socket socket) {
            this.socket = socket;
        }

        @Override
        void connect(InetSocketAddress remote) throws IOException {
            socket.connect(remote, TIMEOUT_MILLIS);
            socket.setSoTimeout(TIMEOUT_MILLIS);
        }

        @Override
        void send(byte[] message) throws IOException {
            socket.getOutputStream().write(message);
        }

        @Override
        byte[] receive(int length) throws IOException {
            byte[] received = socket.getInputStream().readNBytes(length);
            if (received.length < length) {
                throw new EOFException("the stream ended after " + received.length + " bytes");
            }
            return received;
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    private static final class Selecting extends OfChannel {
        private final Selector selector = Selector.open();
        private final SelectionKey key;

        Selecting() throws IOException {
            channel.configureBlocking(false);
            key = channel.register(selector, 0);
        }

        @Override
        void connect(InetSocketAddress remote) throws IOException {
            if (!channel.connect(remote)) {
                do {
                    await(SelectionKey.OP_CONNECT);
                } while (!channel.finishConnect());
            }
        }

        @Override
        void send(byte[] message) throws IOException {
            ByteBuffer rest = ByteBuffer.wrap(message);
            while (rest.hasRemaining()) {
                await(SelectionKey.OP_WRITE);
                channel.write(rest);
            }
        }

        @Override
        byte[] receive(int length) throws IOException {
            ByteBuffer received = ByteBuffer.allocate(length);
            while (received.hasRemaining()) {
                await(SelectionKey.OP_READ);
                read(channel, received);
            }
            return received.array();
        }

        /** A selection may find nothing. */
        private void await(int operation) throws IOException {
            key.interestOps(operation);
            selector.select();
            selector.selectedKeys().clear();
        }

        @Override
        public void close() throws IOException {
            super.close();
            selector.close();
        }
    }
}
