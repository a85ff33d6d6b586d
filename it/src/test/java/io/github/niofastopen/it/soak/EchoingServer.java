// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.soak;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Sends back what it gets, after a greeting if it has one, and enters it into the ledger when the connection ends. */
final class EchoingServer implements AutoCloseable {
    private static final int BACKLOG = 4096;
    private static final int LARGEST = 1 << 16;

    private final ServerSocketChannel server;
    private final byte[] greeting;
    private final Ledger ledger;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Thread acceptor = new Thread(this::accept, "acceptor");

    EchoingServer(byte[] greeting, Ledger ledger) throws IOException {
        this.greeting = greeting;
        this.ledger = ledger;
        server = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
        acceptor.start();
    }

    InetSocketAddress address() throws IOException {
        return (InetSocketAddress) server.getLocalAddress();
    }

    private void accept() {
        try {
            while (true) {
                SocketChannel accepted = server.accept();
                threads.execute(() -> serve(accepted));
            }
        } catch (IOException e) {
            if (server.isOpen()) {
                ledger.problem("accept: " + e);
            }
        }
    }

    private void serve(SocketChannel channel) {
        ByteBuffer received = ByteBuffer.allocate(LARGEST);
        try (channel) {
            writeFully(channel, ByteBuffer.wrap(greeting));
            int start = 0;
            while (channel.read(received) >= 0) {
                writeFully(channel, received.duplicate().flip().position(start));
                start = received.position();
            }
        } catch (IOException e) {
            // The client has closed without having read all; what counts is what has arrived.
        }
        ledger.received(received.array(), received.position());
    }

    static void writeFully(SocketChannel channel, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    /** Lets the connections end. */
    @Override
    public void close() throws IOException {
        server.close();
        try {
            acceptor.join();
            threads.shutdown();
            if (!threads.awaitTermination(1, TimeUnit.MINUTES)) {
                ledger.problem("connections that don't end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            ledger.problem("interrupted");
        }
    }
}
