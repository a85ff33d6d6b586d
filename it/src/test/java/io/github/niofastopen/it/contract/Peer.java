// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.contract;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicInteger;

/** A server on this machine that does what the test makes it do. */
final class Peer implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 5000;
    private static final int FIRST_SILENT_PORT = 20_000;
    private static final AtomicInteger PEERS = new AtomicInteger();
    private static final AtomicInteger SILENT_PEERS = new AtomicInteger();
    private static final AtomicInteger NEW_PEERS = new AtomicInteger();

    private final ServerSocketChannel server;

    Peer() throws IOException {
        this(loopback());
    }

    Peer(InetAddress address) throws IOException {
        server = ServerSocketChannel.open();
        server.bind(new InetSocketAddress(address, 0));
    }

    /** An address on which nobody listens: port 1 is tcpmux (RFC 1078). */
    static InetSocketAddress refusing() {
        return new InetSocketAddress(loopback(), 1);
    }

    /**
     * An address in the lab's network that nobody has: packets to it are lost without a word. Always the same one, since several
     * that are silent in a row speak against the network; never the same port again, since that is what is doubted.
     */
    static InetSocketAddress silent() {
        return new InetSocketAddress("192.0.2.20", FIRST_SILENT_PORT + SILENT_PEERS.incrementAndGet());
    }

    /** The same, never the same one again: what is learned of it disturbs nobody. */
    static InetSocketAddress silentAndNew() {
        return new InetSocketAddress("2001:db8::f:" + Integer.toHexString(NEW_PEERS.incrementAndGet()), 80);
    }

    /** Another address for each peer: a provider that learns from one test shall not know the next one's. */
    private static InetAddress loopback() {
        int n = PEERS.incrementAndGet();
        try {
            return InetAddress.getByAddress(new byte[] {127, 1, (byte) (n / 250), (byte) (1 + n % 250)});
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    InetSocketAddress address() {
        return (InetSocketAddress) server.socket().getLocalSocketAddress();
    }

    ServerSocketChannel server() {
        return server;
    }

    SocketChannel accept() throws IOException {
        return accept(PATIENCE_MILLIS);
    }

    SocketChannel accept(int millis) throws IOException {
        server.socket().setSoTimeout(millis);
        SocketChannel accepted = server.socket().accept().getChannel();
        accepted.socket().setSoTimeout(PATIENCE_MILLIS);
        return accepted;
    }

    static byte[] receive(SocketChannel accepted, int length) throws IOException {
        return accepted.socket().getInputStream().readNBytes(length);
    }

    static byte[] receiveToTheEnd(SocketChannel accepted) throws IOException {
        return accepted.socket().getInputStream().readAllBytes();
    }

    static void send(SocketChannel accepted, byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            accepted.write(buffer);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
