// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.jmh.connect;

import io.github.niofastopen.jmh.Provider;
import io.github.niofastopen.jmh.SideBySide;
import io.github.niofastopen.jmh.Turns;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A full TLS 1.3 handshake in memory, between two engines of one JVM: nothing but what handshakes cost. On JDK 27 and later the
 * agent's hooks are a part of that, once a connection has tried Fast Open; they sleep in every other iteration.
 */
public class EngineHandshake extends SideBySide {
    private static final int MOST = 1 << 16;
    /** The hooks leave alone what has no peer's name. */
    private static final String SERVER = "server.test";
    private static final int PORT = 443;

    private final ByteBuffer toServer = ByteBuffer.allocate(MOST);
    private final ByteBuffer toClient = ByteBuffer.allocate(MOST);
    private final ByteBuffer nothing = ByteBuffer.allocate(0);
    private final ByteBuffer plain = ByteBuffer.allocate(MOST);
    private Path folder;
    private SSLContext context;
    /** Null where there is no agent. */
    private Hooks hooks;
    private int iteration;

    @Setup(Level.Trial)
    public void prepare() throws IOException, InterruptedException, GeneralSecurityException,
            ReflectiveOperationException {
        folder = Files.createTempDirectory("benchmark");
        context = Tls.context(Tls.createKeyStoreIn(folder));
        tryFastOpen();
        hooks = Provider.isFastOpen() ? Hooks.found() : null;
    }

    @Setup(Level.Iteration)
    public void takeTurns() throws IllegalAccessException {
        if (hooks != null) {
            hooks.setAwake(Turns.isOurs(iteration));
        }
        iteration++;
    }

    private static void tryFastOpen() throws IOException {
        try (ServerSocketChannel server = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                SocketChannel channel = Provider.checked(SocketChannel.open(server.getLocalAddress()));
                SocketChannel accepted = server.accept()) {
            channel.write(ByteBuffer.allocate(1));
            accepted.read(ByteBuffer.allocate(1));
        }
    }

    @TearDown(Level.Trial)
    public void removeKey() throws IOException {
        Files.delete(folder.resolve("benchmark.p12"));
        Files.delete(folder);
    }

    @Override
    protected long operate() throws SSLException {
        SSLEngine client = context.createSSLEngine(SERVER, PORT);
        client.setUseClientMode(true);
        SSLEngine server = context.createSSLEngine();
        server.setUseClientMode(false);
        toServer.clear();
        toClient.clear();
        client.beginHandshake();
        server.beginHandshake();
        while (isHandshaking(client) || isHandshaking(server)) {
            step(client, toClient, toServer);
            step(server, toServer, toClient);
        }
        return client.getSession().getCreationTime();
    }

    private static boolean isHandshaking(SSLEngine engine) {
        return engine.getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING;
    }

    private void step(SSLEngine engine, ByteBuffer in, ByteBuffer out) throws SSLException {
        switch (engine.getHandshakeStatus()) {
            case NEED_TASK -> engine.getDelegatedTask().run();
            case NEED_WRAP -> engine.wrap(nothing, out);
            case NEED_UNWRAP -> {
                in.flip();
                engine.unwrap(in, plain.clear());
                in.compact();
            }
            default -> {
                // It waits for the other.
            }
        }
    }
}
