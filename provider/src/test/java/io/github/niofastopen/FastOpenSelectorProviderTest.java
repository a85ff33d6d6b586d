// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channel;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.SelectorProvider;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class FastOpenSelectorProviderTest {
    private final SelectorProvider provider = SharedProvider.INSTANCE;

    @Test
    void socketChannelsAreOursAndNameUs() throws Exception {
        try (SocketChannel channel = provider.openSocketChannel()) {
            assertThat(channel.getClass().getName()).isEqualTo("io.github.niofastopen.channel.FastOpenSocketChannel");
            assertThat(channel.provider()).isSameAs(provider);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"INET", "INET6"})
    void socketChannelsOfEachInternetFamilyAreOurs(StandardProtocolFamily family) throws Exception {
        try (SocketChannel channel = provider.openSocketChannel(family)) {
            assertThat(channel.getClass().getSimpleName()).isEqualTo("FastOpenSocketChannel");
            assertThat(channel.provider()).isSameAs(provider);
        }
    }

    @Test
    void aSocketChannelIsTheJdksOwnToCodeThatAsks() throws Exception {
        Class<?> impl = Class.forName("sun.nio.ch.SocketChannelImpl");

        try (SocketChannel channel = provider.openSocketChannel()) {
            assertThat(channel).isInstanceOf(impl);
        }
    }

    @Test
    void aSocketChannelIsShownAsTheJdksIs() throws Exception {
        SocketChannel ours = provider.openSocketChannel();
        SocketChannel jdks = SocketChannel.open();
        try (Echo forOurs = new Echo(provider); Echo forJdks = new Echo(provider); ours; jdks) {
            assertThat(ours.toString()).isEqualTo("java.nio.channels.SocketChannel[unconnected]")
                .isEqualTo(jdks.toString());

            ours.connect(forOurs.address());
            jdks.connect(forJdks.address());

            assertThat(withoutPorts(ours)).startsWith("java.nio.channels.SocketChannel[connected local=/127.0.0.1")
                .isEqualTo(withoutPorts(jdks));
        }
        assertThat(ours.toString()).isEqualTo("java.nio.channels.SocketChannel[closed]").isEqualTo(jdks.toString());
    }

    @Test
    void everythingElseIsTheJdks() throws Exception {
        Pipe pipe = provider.openPipe();
        List<AutoCloseable> opened = List.of(
            provider.openSelector(),
            provider.openServerSocketChannel(),
            provider.openServerSocketChannel(StandardProtocolFamily.INET),
            provider.openServerSocketChannel(StandardProtocolFamily.UNIX),
            provider.openDatagramChannel(),
            provider.openDatagramChannel(StandardProtocolFamily.INET6),
            provider.openSocketChannel(StandardProtocolFamily.UNIX),
            pipe.source(),
            pipe.sink());

        assertThat(opened).allSatisfy(one -> assertThat(one.getClass().getPackageName()).isEqualTo("sun.nio.ch"));
        for (AutoCloseable one : opened) {
            one.close();
        }
    }

    @Test
    void anInheritedChannelIsWhatTheJdkHas() throws Exception {
        Channel inherited = provider.inheritedChannel();

        assertThat(inherited).isSameAs(System.inheritedChannel());
    }

    @Test
    void unknownFamiliesAreRefusedAsTheJdkRefusesThem() {
        ProtocolFamily unknown = () -> "UNKNOWN";

        assertThatThrownBy(() -> provider.openSocketChannel(unknown)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> provider.openSocketChannel(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> provider.openServerSocketChannel(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> provider.openDatagramChannel(null)).isInstanceOf(NullPointerException.class);
    }

    @Test
    void unixDomainSocketsWork(@TempDir Path folder) throws Exception {
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(folder.resolve("socket"));
        try (ServerSocketChannel server = provider.openServerSocketChannel(StandardProtocolFamily.UNIX).bind(address);
                SocketChannel client = provider.openSocketChannel(StandardProtocolFamily.UNIX)) {
            client.connect(address);
            try (SocketChannel accepted = server.accept()) {
                client.write(ByteBuffer.wrap(new byte[] {42}));
                ByteBuffer received = ByteBuffer.allocate(1);
                accepted.read(received);

                assertThat(received.get(0)).isEqualTo((byte) 42);
            }
        }
    }

    @Test
    void datagramsAndPipesWork() throws Exception {
        Pipe pipe = provider.openPipe();
        ByteBuffer received = ByteBuffer.allocate(1);
        try (Pipe.SourceChannel source = pipe.source(); Pipe.SinkChannel sink = pipe.sink();
                DatagramChannel to = provider.openDatagramChannel(); DatagramChannel from = provider.openDatagramChannel()) {
            to.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            from.send(ByteBuffer.wrap(new byte[] {7}), to.getLocalAddress());
            to.receive(received);
            sink.write(received.flip());
            received.clear();
            source.read(received);

            assertThat(received.get(0)).isEqualTo((byte) 7);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1_000, 300_000})
    void aBlockingChannelEchoes(int size) throws Exception {
        byte[] bytes = bytes(size);
        try (Echo echo = new Echo(provider); SocketChannel channel = provider.openSocketChannel()) {
            boolean connected = channel.connect(echo.address());

            assertThat(connected).isTrue();
            for (int from = 0; from < size; from += 50_000) {
                byte[] part = Arrays.copyOfRange(bytes, from, Math.min(size, from + 50_000));
                assertThat(Echo.exchangeBlocking(channel, part)).isEqualTo(part);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1_000, 8_000})
    void aChannelEchoesWithItsSelector(int size) throws Exception {
        byte[] bytes = bytes(size);
        try (Echo echo = new Echo(provider)) {
            byte[] echoed = Echo.exchangeBySelector(provider, echo.address(), bytes);

            assertThat(echoed).isEqualTo(bytes);
        }
    }

    @Test
    void aChannelEchoesThroughItsSocket() throws Exception {
        byte[] bytes = "through the adaptor".getBytes(StandardCharsets.US_ASCII);
        try (Echo echo = new Echo(provider); SocketChannel channel = provider.openSocketChannel()) {
            Socket socket = channel.socket();
            socket.setSoTimeout(10_000);
            socket.connect(echo.address(), 10_000);
            OutputStream out = socket.getOutputStream();
            InputStream in = socket.getInputStream();

            out.write(bytes);

            assertThat(in.readNBytes(bytes.length)).isEqualTo(bytes);
        }
    }

    @Test
    void ourChannelsRegisterWithASelectorOfTheJdkAndBack() throws Exception {
        try (Selector jdks = Selector.open(); Selector selector = provider.openSelector();
                SocketChannel ours = provider.openSocketChannel()) {
            ours.configureBlocking(false);

            SelectionKey key = ours.register(selector, SelectionKey.OP_CONNECT);

            assertThat(key.isValid()).isTrue();
            assertThat(jdks.getClass()).isEqualTo(selector.getClass());
            assertThat(jdks.provider()).isSameAs(selector.provider());
        }
    }

    @Test
    void aSecondProviderOfOneCopySharesTheChannelsOfTheFirst() throws Exception {
        assertThat(provider).isNotNull();
        SelectorProvider second = new FastOpenSelectorProvider();
        Warnings warnings = new Warnings();

        try (warnings; SocketChannel channel = second.openSocketChannel();
                Echo echo = new Echo(second)) {
            channel.connect(echo.address());

            assertThat(channel.getClass().getSimpleName()).isEqualTo("FastOpenSocketChannel");
            assertThat(channel.provider()).isSameAs(second);
            assertThat(Echo.exchangeBlocking(channel, new byte[] {1})).containsExactly(1);
        }
        assertThat(warnings.lines()).isEmpty();
    }

    @Test
    void aSecondCopyInOneJvmLeavesConnectionsToTheJdkAndSaysSoOnce() throws Exception {
        assertThat(provider).isNotNull();
        Warnings warnings = new Warnings();
        URL classes = FastOpenSelectorProvider.class.getProtectionDomain().getCodeSource().getLocation();

        try (warnings;
                URLClassLoader loader = new URLClassLoader(new URL[] {classes}, ClassLoader.getPlatformClassLoader())) {
            SelectorProvider second = (SelectorProvider)
                loader.loadClass(FastOpenSelectorProvider.class.getName()).getConstructor().newInstance();
            second.openSelector().close();
            try (SocketChannel channel = second.openSocketChannel(); Echo echo = new Echo(second)) {
                channel.connect(echo.address());

                assertThat(channel.getClass().getName()).isEqualTo("sun.nio.ch.SocketChannelImpl");
                assertThat(Echo.exchangeBlocking(channel, new byte[] {1})).containsExactly(1);
            }
        }

        assertThat(warnings.lines()).singleElement().asString()
            .startsWith("WARNING: nio-fastopen: TCP Fast Open is off, connections are the JDK's own: another copy of nio-fastopen")
            .contains(classes.toString());
    }

    /** Collects what the provider warns of, on the standard error. */
    private static final class Warnings implements AutoCloseable {
        private final PrintStream before = System.err;
        private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

        Warnings() {
            System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
        }

        List<String> lines() {
            return printed.toString(StandardCharsets.UTF_8).lines().filter(line -> line.startsWith("WARNING: nio-fastopen: ")).toList();
        }

        @Override
        public void close() {
            System.setErr(before);
        }
    }

    private static String withoutPorts(SocketChannel channel) {
        return channel.toString().replaceAll(":\\d+", "");
    }

    private static byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }
}
