// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.program;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.concurrent.FutureTask;

/** Opens connections one after the other in one style, and tells how long each took until a ClientHello was echoed. */
public final class TimedConnections {
    private static final int HELLO_LENGTH = 300;

    private TimedConnections() {
    }

    interface Style {
        byte[] exchange(InetSocketAddress remote, ByteBuffer hello) throws IOException;
    }

    /** Arguments: server address, port, style and number of connections. Prints microseconds, or {@code failed} and why. */
    public static void main(String[] args) throws Exception {
        InetSocketAddress remote = new InetSocketAddress(args[0], Integer.parseInt(args[1]));
        FutureTask<Void> connections = new FutureTask<>(() -> {
            // To another address, so that nothing is known of the one that is measured: it only loads classes.
            time(new InetSocketAddress("192.0.2.9", remote.getPort()), style(args[2]));
            for (int i = 0; i < Integer.parseInt(args[3]); i++) {
                System.out.println(time(remote, style(args[2])));
            }
            return null;
        });
        if (args[2].equals("virtual")) {
            Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, connections);
        } else {
            connections.run();
        }
        connections.get();
    }

    static Style style(String name) {
        switch (name) {
            case "adaptor":
                return TimedConnections::adaptor;
            case "socket":
                return TimedConnections::socket;
            case "selector":
                return TimedConnections::selector;
            default:
                return TimedConnections::blocking;
        }
    }

    static String time(InetSocketAddress remote, Style style) {
        ByteBuffer hello = hello();
        byte[] expected = hello.array().clone();
        long start = System.nanoTime();
        try {
            byte[] echo = style.exchange(remote, hello);
            if (!Arrays.equals(echo, expected)) {
                return "failed: the echo differs";
            }
        } catch (IOException e) {
            return "failed: " + e;
        }
        return Long.toString((System.nanoTime() - start) / 1000);
    }

    private static byte[] blocking(InetSocketAddress remote, ByteBuffer hello) throws IOException {
        ByteBuffer echo = ByteBuffer.allocate(HELLO_LENGTH);
        try (SocketChannel channel = SocketChannel.open(remote)) {
            channel.write(hello);
            while (echo.hasRemaining() && channel.read(echo) >= 0) {
                // Until all has come back.
            }
        }
        return echo.array();
    }

    private static byte[] adaptor(InetSocketAddress remote, ByteBuffer hello) throws IOException {
        try (SocketChannel channel = SocketChannel.open(); Socket socket = channel.socket()) {
            socket.connect(remote, 30_000);
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write(hello.array());
            return socket.getInputStream().readNBytes(HELLO_LENGTH);
        }
    }

    private static byte[] socket(InetSocketAddress remote, ByteBuffer hello) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(remote, 30_000);
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write(hello.array());
            return socket.getInputStream().readNBytes(HELLO_LENGTH);
        }
    }

    /** Once the ClientHello is written, the channel is registered for reads only. */
    private static byte[] selector(InetSocketAddress remote, ByteBuffer hello) throws IOException {
        ByteBuffer echo = ByteBuffer.allocate(HELLO_LENGTH);
        try (Selector selector = Selector.open(); SocketChannel channel = SocketChannel.open()) {
            channel.configureBlocking(false);
            SelectionKey key = channel.register(selector, SelectionKey.OP_CONNECT);
            channel.connect(remote);
            while (echo.hasRemaining()) {
                selector.select(30_000);
                selector.selectedKeys().clear();
                if (key.isConnectable() && channel.finishConnect()) {
                    key.interestOps(SelectionKey.OP_WRITE);
                } else if (key.isWritable()) {
                    channel.write(hello);
                    key.interestOps(hello.hasRemaining() ? SelectionKey.OP_WRITE : SelectionKey.OP_READ);
                } else if (key.isReadable() && channel.read(echo) < 0) {
                    break;
                }
            }
        }
        return echo.array();
    }

    /** What begins as a TLS record with a ClientHello does. */
    private static ByteBuffer hello() {
        byte[] hello = new byte[HELLO_LENGTH];
        ByteBuffer.wrap(hello).put((byte) 22).putShort((short) 0x0301).putShort((short) (HELLO_LENGTH - 5))
            .put((byte) 1).put((byte) 0).putShort((short) (HELLO_LENGTH - 9)).putShort((short) 0x0303);
        return ByteBuffer.wrap(hello);
    }
}
