// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.jmh.connect;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A full TLS 1.3 handshake in memory, between two engines of one JVM: nothing but what handshakes cost, of which the agent's hooks
 * are a part. To be run with and without the agent by JMH's {@code -jvmArgsAppend}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class EngineHandshake {
    private static final int MOST = 1 << 16;

    private final ByteBuffer toServer = ByteBuffer.allocate(MOST);
    private final ByteBuffer toClient = ByteBuffer.allocate(MOST);
    private final ByteBuffer nothing = ByteBuffer.allocate(0);
    private final ByteBuffer plain = ByteBuffer.allocate(MOST);
    private Path folder;
    private SSLContext context;

    @Setup(Level.Trial)
    public void prepare() throws IOException, InterruptedException, GeneralSecurityException {
        folder = Files.createTempDirectory("benchmark");
        context = Tls.context(Tls.createKeyStoreIn(folder));
    }

    @TearDown(Level.Trial)
    public void removeKey() throws IOException {
        Files.delete(folder.resolve("benchmark.p12"));
        Files.delete(folder);
    }

    /** One handshake. */
    @Benchmark
    public HandshakeStatus handshake() throws SSLException {
        SSLEngine client = Tls.client(context, false, 0);
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
        return client.getHandshakeStatus();
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
