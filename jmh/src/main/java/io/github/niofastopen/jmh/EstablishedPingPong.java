package io.github.niofastopen.jmh;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.BenchmarkParams;

/**
 * What the provider costs a connection after its beginning: a message to an echo thread and back, over loopback, in
 * blocking mode. Each provider is selected as an application selects it, by the switch, in a JVM of its own.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class EstablishedPingPong {
    private static final String SWITCH =
        "-Djava.nio.channels.spi.SelectorProvider=io.github.niofastopen.FastOpenSelectorProvider";
    private static final String FAST_OPEN_CHANNEL = "FastOpenSocketChannel";
    private static final String JDK_CHANNEL = "SocketChannelImpl";

    /** Length of a message, in octets. */
    @Param({"1", "1024"})
    public int length;

    private ServerSocketChannel server;
    private Thread echo;
    private SocketChannel channel;
    private ByteBuffer message;

    /** The JDK's provider. */
    @Benchmark
    @Fork(value = 3)
    public int jdk() throws IOException {
        return exchange();
    }

    /** This provider, with its defaults: a loopback connection is left alone. */
    @Benchmark
    @Fork(value = 3, jvmArgsAppend = {SWITCH, "--enable-native-access=ALL-UNNAMED"})
    public int fastOpen() throws IOException {
        return exchange();
    }

    /** This provider, with its state machine in charge of the loopback connection until its first bytes. */
    @Benchmark
    @Fork(value = 3, jvmArgsAppend = {SWITCH, "--enable-native-access=ALL-UNNAMED", "-Dniofastopen.loopback=true",
        "-Dniofastopen.defer=always"})
    public int fastOpenOnLoopback() throws IOException {
        return exchange();
    }

    private int exchange() throws IOException {
        message.clear();
        while (message.hasRemaining()) {
            channel.write(message);
        }
        message.clear();
        int received = 0;
        while (message.hasRemaining()) {
            received += channel.read(message);
        }
        return received;
    }

    /** Connects to the echo thread. */
    @Setup(Level.Trial)
    public void connect(BenchmarkParams params) throws IOException {
        message = ByteBuffer.allocateDirect(length);
        server = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        echo = new Thread(this::serve, "echo");
        echo.setDaemon(true);
        echo.start();
        channel = SocketChannel.open(server.getLocalAddress());
        String expected = params.getBenchmark().contains("fastOpen") ? FAST_OPEN_CHANNEL : JDK_CHANNEL;
        if (!channel.getClass().getSimpleName().equals(expected)) {
            throw new IllegalStateException(params.getBenchmark() + " would measure " + channel.getClass());
        }
    }

    /** Ends the echo thread. */
    @TearDown(Level.Trial)
    public void close() throws IOException, InterruptedException {
        channel.close();
        echo.join();
        server.close();
    }

    private void serve() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(length);
        try (SocketChannel accepted = server.accept()) {
            while (accepted.read(buffer) >= 0) {
                buffer.flip();
                while (buffer.hasRemaining()) {
                    accepted.write(buffer);
                }
                buffer.clear();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
