// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.door;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/** Two engines that talk to each other in memory, and what their hellos were. */
final class EnginePair {
    private static final int RECORD = 32_768;
    private static final int HANDSHAKE = 22;

    private final SSLEngine client;
    private final SSLEngine server;
    private final ByteBuffer toServer = ByteBuffer.allocate(4 * RECORD);
    private final ByteBuffer toClient = ByteBuffer.allocate(4 * RECORD);
    final List<Hello> clientHellos = new ArrayList<>();
    final List<Hello> serverHellos = new ArrayList<>();

    EnginePair(SSLEngine client, SSLEngine server) {
        this.client = client;
        this.server = server;
        client.setUseClientMode(true);
        server.setUseClientMode(false);
    }

    /** Shakes hands, and exchanges what the server sends after that. */
    EnginePair shakeHands() throws SSLException {
        client.beginHandshake();
        server.beginHandshake();
        boolean moved = true;
        while (moved) {
            moved = step(client, toClient, toServer, clientHellos::add) | step(server, toServer, toClient, serverHellos::add);
        }
        if (client.getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING || client.getSession().getProtocol().equals("NONE")) {
            throw new SSLException("the handshake didn't end");
        }
        return this;
    }

    /** The server answers, but of its answer only the ServerHello arrives: as someone in between could have written it. */
    EnginePair receiveServerHelloAlone() throws SSLException {
        client.beginHandshake();
        server.beginHandshake();
        step(client, toClient, toServer, clientHellos::add);
        while (step(server, toServer, toClient, serverHellos::add)) {
            // Until it waits for the client.
        }
        toClient.flip();
        toClient.limit(5 + (toClient.getShort(3) & 0xFFFF));
        ByteBuffer serverHello = ByteBuffer.allocate(RECORD).put(toClient);
        step(client, serverHello, toServer, clientHellos::add);
        return this;
    }

    /** Whether anything was read or written. */
    private static boolean step(SSLEngine engine, ByteBuffer from, ByteBuffer to, Consumer<Hello> seen) throws SSLException {
        boolean moved = false;
        from.flip();
        while (from.hasRemaining() && engine.getHandshakeStatus() != HandshakeStatus.NEED_WRAP) {
            if (engine.unwrap(from, ByteBuffer.allocate(RECORD)).bytesConsumed() == 0 && !runTasks(engine)) {
                break;
            }
            runTasks(engine);
            moved = true;
        }
        from.compact();
        while (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
            int start = to.position();
            engine.wrap(ByteBuffer.allocate(0), to);
            runTasks(engine);
            look(to, start, seen);
            moved = true;
        }
        return moved;
    }

    private static void look(ByteBuffer to, int start, Consumer<Hello> seen) {
        if (to.position() > start + 6 && to.get(start) == HANDSHAKE && (to.get(start + 5) == 1 || to.get(start + 5) == 2)) {
            ByteBuffer record = to.duplicate();
            record.position(start);
            record.limit(start + 5 + (to.getShort(start + 3) & 0xFFFF));
            seen.accept(new Hello(ByteBuffer.allocate(record.remaining()).put(record).flip()));
        }
    }

    private static boolean runTasks(SSLEngine engine) {
        boolean ran = false;
        for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
            task.run();
            ran = true;
        }
        return ran;
    }

    /** The shares of each ClientHello, then the group that the server chose. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (Hello hello : clientHellos) {
            text.append(hello.shares()).append(hello.hasPreSharedKey() ? " resumes " : " ");
        }
        for (Hello hello : serverHellos) {
            text.append(hello.isRetryRequest() ? "retry " : "chose ").append(hello.shares()).append(' ');
        }
        return text.toString().trim();
    }
}
