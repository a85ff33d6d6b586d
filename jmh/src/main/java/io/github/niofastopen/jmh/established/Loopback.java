// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.jmh.established;

import io.github.niofastopen.jmh.Provider;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** Connections over loopback, opened by the provider that is measured and accepted as the JDK's channels. */
final class Loopback implements AutoCloseable {
    private static final int BACKLOG = 4096;

    private final ServerSocketChannel server;

    Loopback() throws IOException {
        server = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
    }

    /** What a peer does with its connection until it ends. */
    interface Peer {
        void serve(SocketChannel accepted) throws IOException;
    }

    /** A connection whose beginning is over, with somebody at the other end. */
    SocketChannel connectTo(Peer peer) throws IOException {
        Ends ends = connect();
        start(peer, ends.accepted);
        return ends.opened;
    }

    /** Connects a socket, and sends a byte to somebody at the other end. */
    void connect(Socket socket, Peer peer) throws IOException {
        socket.connect(server.getLocalAddress());
        socket.setTcpNoDelay(true);
        byte[] first = new byte[1];
        socket.getOutputStream().write(first);
        start(peer, server.accept());
    }

    private static void start(Peer peer, SocketChannel accepted) {
        Thread thread = new Thread(() -> serve(peer, accepted), "peer");
        thread.setDaemon(true);
        thread.start();
    }

    /** A connection whose beginning is over. */
    Ends connect() throws IOException {
        SocketChannel opened = Provider.checked(SocketChannel.open(server.getLocalAddress()));
        ByteBuffer first = ByteBuffer.allocate(1);
        opened.write(first.clear());
        SocketChannel accepted = server.accept();
        accepted.read(first.clear());
        accepted.write(first.clear());
        opened.read(first.clear());
        return new Ends(opened, accepted);
    }

    /** A connection to another process, which has answered its first byte. */
    static SocketChannel connectTo(int port) throws IOException {
        SocketChannel opened = Provider.checked(SocketChannel.open(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), port)));
        ByteBuffer first = ByteBuffer.allocate(1);
        opened.write(first.clear());
        opened.read(first.clear());
        return opened;
    }

    record Ends(SocketChannel opened, SocketChannel accepted) {
    }

    private static void serve(Peer peer, SocketChannel accepted) {
        try (accepted) {
            peer.serve(accepted);
        } catch (IOException e) {
            // The benchmark has closed its end.
        }
    }

    /** Sends back what it gets. */
    static Peer echo(int length) {
        return accepted -> {
            ByteBuffer buffer = ByteBuffer.allocateDirect(length);
            while (accepted.read(buffer) >= 0) {
                buffer.flip();
                while (buffer.hasRemaining()) {
                    accepted.write(buffer);
                }
                buffer.clear();
            }
        };
    }

    /** Reads as fast as it can. */
    static Peer sink(int length) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(length);
        return accepted -> {
            int n = 0;
            while (n >= 0) {
                n = accepted.read(buffer.clear());
            }
        };
    }

    /** Writes as fast as it can, until it can't. */
    static Peer source(int length) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(length);
        return accepted -> {
            int n = 0;
            while (n >= 0) {
                n = accepted.write(buffer.clear());
            }
        };
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
