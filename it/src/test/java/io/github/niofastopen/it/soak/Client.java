// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.soak;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/** One connection: what it sends, and what it enters into the ledger. */
final class Client {
    static final byte[] GREETING = "220 good morning".getBytes(StandardCharsets.US_ASCII);
    private static final int LEAST = 200;
    private static final int SPREAD = 3000;

    private final int id;
    private final byte[] message;
    private final Destinations destinations;
    private final Ledger ledger;
    private final Executor helpers;

    /** @param hello whether its first bytes are a ClientHello */
    Client(int id, boolean hello, Destinations destinations, Ledger ledger, Executor helpers) {
        this.id = id;
        this.destinations = destinations;
        this.ledger = ledger;
        this.helpers = helpers;
        int length = LEAST + id * 7 % SPREAD;
        message = hello ? Message.clientHello(id, 0, length) : Message.plain(id, 0, length);
    }

    int id() {
        return id;
    }

    byte[] message() {
        return message;
    }

    byte[] otherMessage() {
        return Message.clientHello(id, 1, LEAST);
    }

    InetSocketAddress echo() {
        return destinations.echo();
    }

    InetSocketAddress greeting() {
        return destinations.greeting();
    }

    /** At an address of its own: the ports of one are used up in a minute, until what had them is forgotten (TIME_WAIT). */
    InetSocketAddress anyPort() throws UnknownHostException {
        return new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 2, (byte) (id >> 8), (byte) id}), 0);
    }

    long windowMillis() {
        return destinations.windowMillis();
    }

    void exchange(SocketChannel channel) throws IOException {
        write(channel, message);
        check(read(channel, message.length));
    }

    void write(SocketChannel channel, byte[] bytes) throws IOException {
        EchoingServer.writeFully(channel, ByteBuffer.wrap(bytes));
        sent(bytes.length);
    }

    byte[] read(SocketChannel channel, int length) throws IOException {
        ByteBuffer in = ByteBuffer.allocate(length);
        while (in.hasRemaining()) {
            if (channel.read(in) < 0) {
                throw new IOException("end of stream after " + in.position() + " of " + length + " bytes");
            }
        }
        return in.array();
    }

    void expectEnd(SocketChannel channel) throws IOException {
        int n = channel.read(ByteBuffer.allocate(1));
        check(n < 0);
    }

    void sent(int bytes) {
        ledger.sent(id, bytes);
    }

    void cutOff() {
        ledger.cutOff(id);
    }

    /** At a server's end that this client has made itself. */
    void arrived(byte[] bytes) {
        ledger.received(bytes, bytes.length);
    }

    void greeted(byte[] bytes) {
        check(Arrays.equals(bytes, GREETING));
    }

    void check(byte[] echoed) {
        check(Arrays.equals(echoed, message));
    }

    void check(boolean right) {
        if (!right) {
            ledger.problem("connection " + id + ": the client has received other bytes than were sent");
        }
    }

    /** Does both at once, and waits for both. */
    void beside(Work one, Work other) throws IOException {
        CompletableFuture<Void> running = CompletableFuture.runAsync(() -> {
            try {
                one.run();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }, helpers);
        other.run();
        try {
            running.join();
        } catch (CompletionException e) {
            throw new IOException(e.getCause());
        }
    }

    /** Something that may be done beside something else. */
    interface Work {
        void run() throws IOException;
    }

    /** The servers that all clients share, and how long a SYN is held back. */
    record Destinations(InetSocketAddress echo, InetSocketAddress greeting, long windowMillis) {
    }
}
