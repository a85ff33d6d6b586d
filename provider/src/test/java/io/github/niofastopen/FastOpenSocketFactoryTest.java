// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.channels.spi.SelectorProvider;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import javax.net.SocketFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** In this JVM without the switch, in others with it. */
class FastOpenSocketFactoryTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    private final SocketFactory factory = FastOpenSocketFactory.getDefault();

    @ParameterizedTest
    @CsvSource({"true, FastOpenSocketChannel", "false, SocketChannelImpl"})
    void withTheSwitchSocketsAreThoseOfItsChannelsUnlessItIsOff(boolean enabled, String channel, @TempDir Path folder)
            throws Exception {
        // given
        ChildJvm.Result result = ChildJvm.runMain(SocketFactoryMain.class, folder, "-Dniofastopen.enabled=" + enabled);

        // then
        assertThat(result.errors()).isEmpty();
        assertThat(result.output()).containsExactly(enabled ? channel + " hello" : "no channel hello");
    }

    @Test
    void withoutTheSwitchSocketsAreTheJdksPlainOnes() throws IOException {
        assertThat(SelectorProvider.provider()).isNotInstanceOf(FastOpenSelectorProvider.class);
        try (Socket socket = factory.createSocket()) {
            assertThat(socket.isConnected()).isFalse();
            assertThat(socket.getChannel()).isNull();
        }
    }

    @Test
    void everyKindOfCreationConnects() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 50, LOOPBACK);
                Socket byName = factory.createSocket(LOOPBACK.getHostAddress(), server.getLocalPort());
                Socket byAddress = factory.createSocket(LOOPBACK, server.getLocalPort());
                Socket byNameFrom = factory.createSocket(LOOPBACK.getHostAddress(), server.getLocalPort(), LOOPBACK, 0);
                Socket byAddressFrom = factory.createSocket(LOOPBACK, server.getLocalPort(), LOOPBACK, 0)) {
            for (Socket socket : new Socket[] {byName, byAddress, byNameFrom, byAddressFrom}) {
                assertThat(socket.getRemoteSocketAddress())
                    .isEqualTo(new InetSocketAddress(LOOPBACK, server.getLocalPort()));
            }
        }
    }

    @Test
    void aConnectionThatIsRefusedAndAnUnknownHostAreReportedAsTheJdkReportsThem() throws IOException {
        int closedPort;
        try (ServerSocket server = new ServerSocket(0, 1, LOOPBACK)) {
            closedPort = server.getLocalPort();
        }

        assertThatThrownBy(() -> factory.createSocket(LOOPBACK, closedPort)).isInstanceOf(ConnectException.class);
        assertThatThrownBy(() -> factory.createSocket("no-such-host.invalid", 443)).isInstanceOf(UnknownHostException.class);
    }

    @Test
    void aClassNameIsEnoughToCreateIt() throws ReflectiveOperationException {
        Class<?> type = Class.forName("io.github.niofastopen.FastOpenSocketFactory");

        assertThat(type.getConstructor().newInstance()).isInstanceOf(SocketFactory.class);
        assertThat(type.getMethod("getDefault").invoke(null)).isInstanceOf(FastOpenSocketFactory.class);
    }

    /** The application of a child JVM. */
    static final class SocketFactoryMain {
        private SocketFactoryMain() {
        }

        public static void main(String[] arguments) throws Exception {
            byte[] bytes = "hello".getBytes(StandardCharsets.US_ASCII);
            try (Echo echo = new Echo(SelectorProvider.provider());
                    Socket socket = new FastOpenSocketFactory().createSocket(LOOPBACK, echo.address().getPort())) {
                assertUnknownHost();
                socket.getOutputStream().write(bytes);
                String echoed = new String(socket.getInputStream().readNBytes(bytes.length), StandardCharsets.US_ASCII);
                String channel = socket.getChannel() == null ? "no channel" : socket.getChannel().getClass().getSimpleName();
                System.out.println(channel + " " + echoed);
            }
        }

        private static void assertUnknownHost() throws IOException {
            try (Socket socket = new FastOpenSocketFactory().createSocket("no-such-host.invalid", 443)) {
                throw new IOException("connected to " + socket);
            } catch (UnknownHostException e) {
                // As the JDK has it.
            }
        }
    }
}
