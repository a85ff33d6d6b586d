package io.github.niofastopen.jmh.connect;

import io.github.niofastopen.jmh.ChildJvm;
import io.github.niofastopen.jmh.Provider;
import io.github.niofastopen.jmh.SideBySide;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
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
        BLOCKING, SELECTOR
    }

    /** What follows connect: see {@link Beginning}. */
    public enum First {
        HELLO, FULL, RESUMED
    }

    /** What becomes of Fast Open. */
    public enum Outcome {
        NO_COOKIE, ACCEPTED, AVOIDED;

        /** The kernel keeps cookies, and this provider paths, by address. */
        InetAddress address() throws IOException {
            return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) (ordinal() + 1)});
        }
    }

    @Param
    public Mode mode;

    @Param
    public First first;

    @Param
    public Outcome outcome;

    private ChildJvm server;
    private InetSocketAddress address;
    private Readiness readiness;
    private Beginning beginning;

    @Setup(Level.Trial)
    public void prepare() throws IOException, GeneralSecurityException, InterruptedException {
        Outcomes.manage();
        Path folder = Files.createTempDirectory("nio-fastopen-connect");
        Path keyStore = Tls.createKeyStoreIn(folder);
        List<String> options = outcome == Outcome.NO_COOKIE ? List.of() : List.of(Provider.SWITCH, QUEUE, "--enable-native-access=ALL-UNNAMED");
        String ip = outcome.address().getHostAddress();
        server = first == First.HELLO ? ChildJvm.start(AnsweringServer.class, options, ip)
            : ChildJvm.start(AnsweringServer.class, options, ip, keyStore);
        address = new InetSocketAddress(outcome.address(), server.port());
        readiness = mode == Mode.BLOCKING ? Readiness.blocking() : Readiness.selector();
        beginning = first == First.HELLO ? Beginning.hello()
            : Beginning.handshake(Tls.context(keyStore), first == First.RESUMED, server.port());
        Files.delete(keyStore);
        Files.delete(folder);
        if (outcome == Outcome.AVOIDED && Provider.isFastOpen()) {
            LossyListener.makeAvoided(outcome.address());
        }
    }

    @Override
    protected long operate() throws IOException {
        try (SocketChannel channel = SocketChannel.open()) {
            readiness.prepare(channel);
            if (!channel.connect(address)) {
                readiness.await(channel, SelectionKey.OP_CONNECT);
                channel.finishConnect();
            }
            beginning.on(channel, readiness);
            return channel.validOps();
        }
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
