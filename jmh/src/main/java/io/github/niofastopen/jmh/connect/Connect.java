// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.jmh.connect;

import io.github.niofastopen.jmh.ChildJvm;
import io.github.niofastopen.jmh.Provider;
import io.github.niofastopen.jmh.SideBySide;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import javax.management.JMException;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Connect, the connection's beginning, close; over loopback, with a server in another process. Needs
 * {@code net.ipv4.tcp_fastopen=3}.
 */
public class Connect extends SideBySide {
    private static final String QUEUE = "-Dniofastopen.server.queue=1024";

    /** How the application waits. */
    public enum Mode {
        BLOCKING, SELECTOR;

        Readiness readiness() throws IOException {
            return this == BLOCKING ? Readiness.blocking() : Readiness.selector();
        }
    }

    /** What follows connect: see {@link Beginning}. */
    public enum First {
        HELLO, FULL, RESUMED
    }

    /** What becomes of Fast Open. */
    public enum Outcome {
        /** The server grants no cookies, and is hardly ever asked for one. */
        NOT_GRANTED,
        /** It grants none, and is asked each time. */
        NO_COOKIE,
        ACCEPTED, AVOIDED;

        /** To be called before the first channel is opened, when this provider reads its settings. */
        void prepare() throws IOException {
            if (this == NO_COOKIE) {
                System.setProperty("niofastopen.forget", "0");
            }
            if (this == AVOIDED && Provider.isFastOpen()) {
                LossyListener.makeAvoided(address());
            }
        }

        /** The kernel keeps cookies, and this provider paths, by address. */
        InetAddress address() throws IOException {
            return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) (ordinal() + 1)});
        }

        /** The server accepts Fast Open, or doesn't. */
        List<String> serverOptions() {
            return this == NO_COOKIE || this == NOT_GRANTED ? List.of() : List.of(Provider.SWITCH, Provider.NATIVE_ACCESS, QUEUE);
        }
    }

    @Param
    public Mode mode;

    @Param
    public First first;

    @Param
    public Outcome outcome;

    private ChildJvm server;
    private Readiness readiness;
    private Connections connections;

    @Setup(Level.Trial)
    public void prepare() throws IOException, GeneralSecurityException, InterruptedException {
        Outcomes.manage();
        outcome.prepare();
        Path folder = Files.createTempDirectory("nio-fastopen-connect");
        Path keyStore = Tls.createKeyStoreIn(folder);
        String ip = outcome.address().getHostAddress();
        server = first == First.HELLO ? ChildJvm.start(AnsweringServer.class, outcome.serverOptions(), ip)
            : ChildJvm.start(AnsweringServer.class, outcome.serverOptions(), ip, keyStore);
        readiness = mode.readiness();
        Beginning beginning = first == First.HELLO ? Beginning.hello()
            : Beginning.handshake(Tls.context(keyStore), first == First.RESUMED, server.port());
        connections = new Connections(new InetSocketAddress(outcome.address(), server.port()), readiness, beginning);
        Files.delete(keyStore);
        Files.delete(folder);
    }

    @Override
    protected long operate() throws IOException {
        return connections.makeOne();
    }

    @TearDown(Level.Trial)
    public void close() throws IOException, JMException {
        readiness.close();
        server.close();
        if (Provider.isFastOpen()) {
            Outcomes.checkMostly(outcome.name());
        }
    }
}
