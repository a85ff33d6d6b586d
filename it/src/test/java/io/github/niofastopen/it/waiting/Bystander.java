// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.waiting;

import io.github.niofastopen.it.contract.ThreadKind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.function.BooleanSupplier;

/**
 * Threads that have nothing to do with what is disturbed: each opens a connection, to a server that speaks first, and
 * reads. How often a platform thread has done that meanwhile is this program's measure of having waited long enough, on a
 * machine however busy.
 */
final class Bystander {
    private static final int TURNS = 300;

    private final InetSocketAddress server;

    private Bystander(InetSocketAddress server) {
        this.server = server;
    }

    static Bystander create() throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        Thread thread = new Thread(() -> serve(server), "server");
        thread.setDaemon(true);
        thread.start();
        return new Bystander((InetSocketAddress) server.getLocalAddress());
    }

    private static void serve(ServerSocketChannel server) {
        while (true) {
            try (SocketChannel accepted = server.accept()) {
                accepted.write(ByteBuffer.wrap(new byte[1]));
            } catch (IOException e) {
                // The client has gone.
            }
        }
    }

    private int read() throws IOException {
        try (SocketChannel channel = SocketChannel.open(server)) {
            return channel.read(ByteBuffer.allocate(1));
        }
    }

    Act start(ThreadKind kind) {
        return Act.start(kind, this::read);
    }

    /** @return whether it came true before platform threads have had so many turns */
    boolean sees(BooleanSupplier event) throws InterruptedException {
        for (int turn = 0; turn < TURNS && !event.getAsBoolean(); turn++) {
            start(ThreadKind.PLATFORM).join();
            Carriers.wake();
        }
        return event.getAsBoolean();
    }
}
