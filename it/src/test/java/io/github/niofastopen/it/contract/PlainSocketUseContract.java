// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is built on {@link Socket}: TLS, proxies, subclasses and servers. */
@Contract
class PlainSocketUseContract {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final int PATIENCE_MILLIS = 5000;
    private static final int SOCKS_CONNECT = 1;

    /** How an SSLSocket gets to its connection. */
    enum Way {
        CONNECTED {
            @Override
            SSLSocket connect(SSLSocketFactory factory, InetSocketAddress remote) throws IOException {
                return (SSLSocket) factory.createSocket(remote.getAddress(), remote.getPort());
            }
        },
        UNCONNECTED {
            @Override
            SSLSocket connect(SSLSocketFactory factory, InetSocketAddress remote) throws IOException {
                SSLSocket socket = (SSLSocket) factory.createSocket();
                socket.connect(remote, PATIENCE_MILLIS);
                return socket;
            }
        },
        LAYERED {
            @Override
            SSLSocket connect(SSLSocketFactory factory, InetSocketAddress remote) throws IOException {
                Socket plain = new Socket();
                plain.connect(remote, PATIENCE_MILLIS);
                return (SSLSocket) factory.createSocket(plain, "127.0.0.1", remote.getPort(), true);
            }
        },
        LAYERED_WITHOUT_PROXY {
            @Override
            SSLSocket connect(SSLSocketFactory factory, InetSocketAddress remote) throws IOException {
                Socket plain = new Socket(Proxy.NO_PROXY);
                plain.connect(remote);
                return (SSLSocket) factory.createSocket(plain, "127.0.0.1", remote.getPort(), true);
            }
        };

        abstract SSLSocket connect(SSLSocketFactory factory, InetSocketAddress remote) throws IOException;
    }

    static List<Arguments> waysAndThreads() {
        return ThreadKind.available().stream().flatMap(kind -> Arrays.stream(Way.values()).map(way -> Arguments.of(way, kind))).toList();
    }

    @ParameterizedTest
    @MethodSource("waysAndThreads")
    void sslSocketsTalk(Way way, ThreadKind kind) throws Exception {
        SSLContext context = SSLContext.getDefault();
        try (SSLServerSocket server = (SSLServerSocket) context.getServerSocketFactory().createServerSocket(0, 5, LOOPBACK)) {
            // given
            Background<Void> echo = Background.run(kind, () -> echo(server, 6));

            // when
            Background<byte[]> client = Background.run(kind, () -> {
                try (SSLSocket secure = way.connect(context.getSocketFactory(), (InetSocketAddress) server.getLocalSocketAddress())) {
                    secure.setSoTimeout(PATIENCE_MILLIS);
                    secure.getOutputStream().write(Bytes.text("secret"));
                    return secure.getInputStream().readNBytes(6);
                }
            });

            // then
            assertThat(client.result()).isEqualTo(Bytes.text("secret"));
            echo.result();
        }
    }

    @ParameterizedTest
    @EnumSource
    void noDelayIsAsTheApplicationHasSetItAtEachStage(Stage stage) throws IOException {
        try (SocketConnection connection = SocketConnection.at(stage)) {
            Socket socket = connection.socket();
            assertThat(socket.getTcpNoDelay()).isFalse();
            assertThat(socket.getOption(StandardSocketOptions.TCP_NODELAY)).isFalse();
            for (boolean on : new boolean[] {false, true, true, false}) {
                socket.setTcpNoDelay(on);
                assertThat(socket.getTcpNoDelay()).isEqualTo(on);
                connection.assertWorksBothWays();
                socket.setOption(StandardSocketOptions.TCP_NODELAY, !on);
                assertThat(socket.getOption(StandardSocketOptions.TCP_NODELAY)).isEqualTo(!on);
                socket.setOption(StandardSocketOptions.TCP_NODELAY, on);
                connection.assertWorksBothWays();
                assertThat(socket.getTcpNoDelay()).isEqualTo(on);
            }
            socket.close();
            assertThatThrownBy(socket::getTcpNoDelay).isInstanceOf(SocketException.class);
            assertThatThrownBy(() -> socket.setTcpNoDelay(true)).isInstanceOf(SocketException.class);
        }
    }

    private static Void echo(ServerSocket server, int length) throws IOException {
        try (Socket accepted = server.accept()) {
            accepted.setSoTimeout(PATIENCE_MILLIS);
            accepted.getOutputStream().write(accepted.getInputStream().readNBytes(length));
            accepted.getInputStream().read();
            return null;
        }
    }

    @Test
    void aSubclassIsConnectedByAServersOwnAccept() throws Exception {
        try (ServerOfSubclasses server = new ServerOfSubclasses()) {
            Background<Void> echo = Background.run(() -> echo(server, 300));
            try (Socket socket = new Socket(LOOPBACK, server.getLocalPort())) {
                socket.getOutputStream().write(Bytes.clientHello(300));
                assertThat(socket.getInputStream().readNBytes(300)).isEqualTo(Bytes.clientHello(300));
            }
            echo.result();
        }
    }

    private static final class OwnSocket extends Socket {
    }

    private static final class ServerOfSubclasses extends ServerSocket {
        ServerOfSubclasses() throws IOException {
            super(0, 5, LOOPBACK);
        }

        /** The socket that is given has what it uses already, which is closed and gives its time-out away. */
        @Override
        public Socket accept() throws IOException {
            Socket socket = new OwnSocket();
            socket.setSoTimeout(4321);
            implAccept(socket);
            assertThat(socket.getSoTimeout()).isEqualTo(4321);
            return socket;
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aSocksProxyIsUsed(boolean resolved) throws Exception {
        try (ServerSocket proxy = new ServerSocket(0, 5, LOOPBACK);
             Socket socket = new Socket(new Proxy(Proxy.Type.SOCKS, proxy.getLocalSocketAddress()))) {
            // given
            Background<byte[]> asked = Background.run(() -> serveSocks(proxy));

            // when
            socket.connect(resolved ? new InetSocketAddress("192.0.2.77", 443)
                : InetSocketAddress.createUnresolved("proxied.example", 443), PATIENCE_MILLIS);
            socket.getOutputStream().write(Bytes.clientHello(300));

            // then
            assertThat(socket.getInputStream().readNBytes(300)).isEqualTo(Bytes.clientHello(300));
            assertThat(asked.result()).isEqualTo(resolved ? new byte[] {(byte) 192, 0, 2, 77} : Bytes.text("proxied.example"));
            assertThat(socket.getPort()).isEqualTo(443);
        }
    }

    /** RFC 1928; tells where it was to connect to. */
    private static byte[] serveSocks(ServerSocket proxy) throws IOException {
        try (Socket client = proxy.accept()) {
            client.setSoTimeout(PATIENCE_MILLIS);
            DataInputStream in = new DataInputStream(client.getInputStream());
            in.readByte();
            in.skipNBytes(in.readByte());
            client.getOutputStream().write(new byte[] {5, 0});
            in.readByte();
            assertThat(in.readByte()).isEqualTo((byte) SOCKS_CONNECT);
            in.readByte();
            byte[] host = new byte[in.readByte() == 1 ? 4 : in.readByte()];
            in.readFully(host);
            in.readUnsignedShort();
            client.getOutputStream().write(new byte[] {5, 0, 0, 1, 0, 0, 0, 0, 0, 0});
            client.getOutputStream().write(in.readNBytes(300));
            return host;
        }
    }

    @Test
    void anHttpProxyIsUsed() throws Exception {
        try (ServerSocket proxy = new ServerSocket(0, 5, LOOPBACK);
             Socket socket = new Socket(new Proxy(Proxy.Type.HTTP, proxy.getLocalSocketAddress()))) {
            // given
            Background<String> asked = Background.run(() -> serveHttp(proxy));
            socket.setSoTimeout(PATIENCE_MILLIS);

            // when
            socket.connect(new InetSocketAddress("192.0.2.77", 443), PATIENCE_MILLIS);
            socket.getOutputStream().write(Bytes.clientHello(300));

            // then
            assertThat(socket.getInputStream().readNBytes(300)).isEqualTo(Bytes.clientHello(300));
            assertThat(asked.result()).startsWith("CONNECT 192.0.2.77:443 ");
            assertThat(socket.getSoTimeout()).isEqualTo(PATIENCE_MILLIS);
        }
    }

    private static String serveHttp(ServerSocket proxy) throws IOException {
        try (Socket client = proxy.accept()) {
            client.setSoTimeout(PATIENCE_MILLIS);
            InputStream in = client.getInputStream();
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                head.append((char) in.read());
            }
            client.getOutputStream().write(Bytes.text("HTTP/1.1 200 OK\r\n\r\n"));
            client.getOutputStream().write(in.readNBytes(300));
            return head.toString();
        }
    }

    @Test
    void aProxyThatIsNotThereIsRefused() throws Exception {
        try (Socket socket = new Socket(new Proxy(Proxy.Type.SOCKS, Peer.refusing()))) {
            assertThatThrownBy(() -> {
                socket.connect(new InetSocketAddress("192.0.2.77", 443), PATIENCE_MILLIS);
            }).isInstanceOf(SocketException.class);
        }
    }

    @ParameterizedTest
    @EnumSource
    void oneThatIsAbandonedGivesItsDescriptorBack(Stage stage) throws Exception {
        // given: the peer's end of a socket that nobody refers to any more
        SocketConnection[] abandoned = {SocketConnection.at(stage)};
        SocketChannel accepted = abandoned[0].accepted();
        abandoned[0].peer().close();
        // However long the collector takes.
        accepted.socket().setSoTimeout(0);
        Background<byte[]> end = Background.run(() -> Peer.receiveToTheEnd(accepted));

        // when
        abandoned[0] = null;
        while (!end.isDone()) {
            System.gc();
            Thread.onSpinWait();
        }

        // then: it is closed by the JDK's cleaner
        assertThat(end.failure()).isNull();
        accepted.close();
    }
}
