// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.ServerSocket;
import java.net.SocketException;
import java.nio.channels.SocketChannel;
import java.util.EnumSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ErrnoTest {
    private static final int ENETDOWN = 100;
    private static final int EHOSTDOWN = 112;
    private static final int EMSGSIZE = 90;

    @BeforeAll
    static void loadLibrary() throws NativeLibrary.UnavailableException {
        NativeLibrary.load(null);
    }

    static Stream<Arguments> connectFailures() {
        return Stream.of(
            Arguments.of(Errno.ECONNREFUSED, ConnectException.class, "Connection refused"),
            Arguments.of(Errno.ETIMEDOUT, ConnectException.class, "Connection timed out"),
            Arguments.of(Errno.EHOSTUNREACH, NoRouteToHostException.class, "No route to host"),
            Arguments.of(Errno.ENETUNREACH, SocketException.class, "Network is unreachable"),
            Arguments.of(Errno.ENOTCONN, ConnectException.class, "Transport endpoint is not connected"),
            Arguments.of(Errno.EPROTO, ProtocolException.class, "Protocol error"),
            Arguments.of(Errno.EADDRINUSE, BindException.class, "Address already in use"),
            Arguments.of(Errno.EADDRNOTAVAIL, BindException.class, "Cannot assign requested address"),
            Arguments.of(Errno.EACCES, BindException.class, "Permission denied"),
            Arguments.of(Errno.EPERM, SocketException.class, "Operation not permitted"),
            Arguments.of(Errno.EINVAL, SocketException.class, "Invalid argument"),
            Arguments.of(Errno.ECONNRESET, SocketException.class, "Connection reset by peer"),
            Arguments.of(Errno.ECONNABORTED, SocketException.class, "Software caused connection abort"),
            Arguments.of(Errno.ENOBUFS, SocketException.class, "No buffer space available"),
            Arguments.of(Errno.EPIPE, SocketException.class, "Broken pipe"));
    }

    @ParameterizedTest
    @MethodSource("connectFailures")
    void aFailedConnectIsTheExceptionThatTheJdkThrows(Errno errno, Class<? extends IOException> type, String message) {
        IOException failure = Errno.connectFailure(errno.asResult());

        assertThat(failure).isExactlyInstanceOf(type).hasMessage(message);
    }

    /** What connect(2) and send(2) can meet besides (net/ipv4, the drivers, a program of the control group). */
    @ParameterizedTest
    @CsvSource({ENETDOWN + ", Network is down", EHOSTDOWN + ", Host is down", EMSGSIZE + ", Message too long", "12, Cannot allocate memory",
        "19, No such device", "6, No such device or address", "114, Operation already in progress", "106, Transport endpoint is already connected"})
    void anErrorThatIsNotToldApartHasItsTextToo(int number, String message) {
        IOException failure = Errno.connectFailure(-number);

        assertThat(failure).isExactlyInstanceOf(SocketException.class).hasMessage(message);
    }

    @Test
    void aRefusedConnectionLooksAsTheJdkHasIt() throws IOException {
        InetSocketAddress closed = closedPort();
        IOException ofTheJdk = null;

        try (SocketChannel channel = SocketChannel.open()) {
            channel.connect(closed);
        } catch (IOException e) {
            ofTheJdk = e;
        }

        IOException ours = Errno.connectFailure(Errno.ECONNREFUSED.asResult());
        assertThat(ours).hasSameClassAs(ofTheJdk).hasMessage(ofTheJdk.getMessage());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        hostInfo              | Connection refused: server/192.0.2.1:443
        jar, HOSTINFO         | Connection refused: server/192.0.2.1:443
        jar,hostInfoExclSocket| Connection refused
        ''                    | Connection refused
        """)
    void itNamesThePeerWhereTheJdkDoes(String categories, String message) throws IOException {
        InetAddress server = InetAddress.getByAddress("server", new byte[] {(byte) 192, 0, 2, 1});
        String before = System.getProperty("jdk.includeInExceptions");
        try {
            System.setProperty("jdk.includeInExceptions", categories);

            IOException failure = Errno.connectFailure(Errno.ECONNREFUSED.asResult(), new InetSocketAddress(server, 443));

            assertThat(failure).isExactlyInstanceOf(ConnectException.class).hasMessage(message);
        } finally {
            if (before == null) {
                System.clearProperty("jdk.includeInExceptions");
            } else {
                System.setProperty("jdk.includeInExceptions", before);
            }
        }
    }

    @Test
    void anUnknownNumberIsNamedByIt() {
        IOException failure = Errno.connectFailure(-999);

        assertThat(failure).isExactlyInstanceOf(SocketException.class).hasMessage("Unknown error 999");
        assertThat(Errno.describe(-999)).isEqualTo("errno 999 (Unknown error 999)");
    }

    @ParameterizedTest
    @EnumSource
    void aResultIsOneErrorOnly(Errno errno) {
        int result = errno.asResult();

        assertThat(result).isNegative();
        assertThat(Stream.of(Errno.values()).filter(other -> other.is(result))).containsExactly(errno);
        assertThat(errno.is(-result)).isFalse();
        assertThat(Errno.describe(result)).startsWith(errno.name() + " (");
    }

    @ParameterizedTest
    @EnumSource
    void aKernelOrSandboxRefusesFastOpenForGoodByTheseErrorsOnly(Errno errno) {
        boolean refuses = Errno.refusesFastOpen(errno.asResult());

        assertThat(refuses).isEqualTo(
            EnumSet.of(Errno.EPERM, Errno.EACCES, Errno.ENOSYS, Errno.ENOPROTOOPT).contains(errno));
        assertThat(Errno.refusesFastOpen(0)).isFalse();
    }

    private static InetSocketAddress closedPort() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new InetSocketAddress(server.getInetAddress(), server.getLocalPort());
        }
    }
}
