// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link Socket}: connecting, and what it tells. */
@Contract
class PlainSocketConnectContract {

    @ParameterizedTest
    @ValueSource(ints = {0, 3000})
    void itConnectsWithAndWithoutATimeout(int timeout) throws IOException {
        try (Peer peer = new Peer(); Socket socket = new Socket()) {
            // when
            socket.connect(peer.address(), timeout);

            // then
            assertExchanges(peer, socket);
        }
    }

    @ParameterizedTest
    @MethodSource("io.github.niofastopen.it.contract.ThreadKind#available")
    void itConnectsOnThreadsOfEachKind(ThreadKind kind) throws Exception {
        try (Peer peer = new Peer(); Socket socket = new Socket()) {
            Background<Void> work = Background.run(kind, () -> {
                socket.connect(peer.address(), 3000);
                assertExchanges(peer, socket);
                return null;
            });
            assertThat(work.failure()).isNull();
        }
    }

    @Test
    void itsConstructorsConnect() throws IOException {
        try (Peer peer = new Peer()) {
            InetSocketAddress address = peer.address();
            String host = address.getAddress().getHostAddress();
            InetAddress local = InetAddress.getByName("127.0.0.1");
            try (Socket socket = new Socket(host, address.getPort())) {
                assertExchanges(peer, socket);
            }
            try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
                assertExchanges(peer, socket);
            }
            try (Socket socket = new Socket(host, address.getPort(), local, 0)) {
                assertExchanges(peer, socket);
                assertThat(socket.getLocalAddress()).isEqualTo(local);
            }
            try (Socket socket = new Socket(Proxy.NO_PROXY)) {
                socket.connect(address);
                assertExchanges(peer, socket);
            }
        }
    }

    private static void assertExchanges(Peer peer, Socket socket) throws IOException {
        assertThat(socket.isConnected()).isTrue();
        socket.getOutputStream().write(Bytes.clientHello(99));
        try (SocketChannel accepted = peer.accept()) {
            assertThat(Peer.receive(accepted, 99)).isEqualTo(Bytes.clientHello(99));
            assertThat(accepted.getRemoteAddress()).isEqualTo(socket.getLocalSocketAddress());
            Peer.send(accepted, Bytes.text("hi"));
            assertThat(socket.getInputStream().readNBytes(2)).isEqualTo(Bytes.text("hi"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void itTellsOfTheConnection(Stage stage) throws IOException {
        try (SocketConnection connection = SocketConnection.at(stage)) {
            Socket socket = connection.socket();
            InetSocketAddress remote = connection.peer().address();
            SocketAddress local = connection.accepted().getRemoteAddress();
            assertThat(socket.isConnected()).isTrue();
            assertThat(socket.isBound()).isTrue();
            assertThat(socket.isClosed()).isFalse();
            assertThat(socket.isInputShutdown()).isFalse();
            assertThat(socket.isOutputShutdown()).isFalse();
            assertThat(socket.getRemoteSocketAddress()).isEqualTo(remote);
            assertThat(socket.getInetAddress()).isEqualTo(remote.getAddress());
            assertThat(socket.getPort()).isEqualTo(remote.getPort());
            assertThat(socket.getLocalSocketAddress()).isEqualTo(local);
            assertThat(socket.getLocalPort()).isPositive();
            assertThat(socket.toString()).isEqualTo("Socket[addr=" + remote.getAddress() + ",port=" + remote.getPort()
                + ",localport=" + socket.getLocalPort() + "]");
            assertThat(socket.getChannel()).isNull();
            assertThat(socket.getInputStream().available()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void closedItStillTellsThatItWasConnectedTo(Stage stage) throws IOException {
        SocketConnection connection = SocketConnection.at(stage);
        Socket socket = connection.socket();
        connection.close();
        assertThat(socket.isClosed()).isTrue();
        assertThat(socket.isConnected()).isTrue();
        assertThat(socket.getPort()).isNotZero();
        assertThat(socket.getLocalPort()).isPositive();
        assertThatThrownBy(socket::getInputStream).isInstanceOf(SocketException.class).hasMessage("Socket is closed");
        assertThatThrownBy(socket::getOutputStream).isInstanceOf(SocketException.class).hasMessage("Socket is closed");
    }

    @ParameterizedTest
    @EnumSource
    void itIsNotConnectedTwice(Stage stage) throws IOException {
        try (SocketConnection connection = SocketConnection.at(stage)) {
            assertThatThrownBy(() -> connection.socket().connect(connection.peer().address()))
                .isInstanceOf(SocketException.class).hasMessageContaining("onnected");
            connection.assertWorksBothWays();
        }
    }

    @Test
    void argumentsThatCannotBeAreRefused() throws IOException {
        try (Peer peer = new Peer(); Socket socket = new Socket()) {
            assertThatThrownBy(() -> socket.connect(null)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> socket.connect(peer.address(), -1)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> socket.connect(new SocketAddress() { })).isInstanceOf(IllegalArgumentException.class);
            socket.connect(peer.address());
            assertExchanges(peer, socket);
        }
    }

    @Test
    void anUnresolvedAddressIsUnknown() throws IOException {
        try (Socket socket = new Socket()) {
            assertThatThrownBy(() -> socket.connect(InetSocketAddress.createUnresolved("host.invalid", 443)))
                .isInstanceOf(UnknownHostException.class).hasMessageContaining("host.invalid");
            assertThat(socket.isConnected()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3000})
    void aRefusedConnectThrows(int timeout) throws IOException {
        try (Socket socket = new Socket()) {
            assertThatThrownBy(() -> socket.connect(Peer.refusing(), timeout)).isExactlyInstanceOf(ConnectException.class);
            assertThat(socket.isConnected()).isFalse();
        }
    }

    @ParameterizedTest
    @MethodSource("io.github.niofastopen.it.contract.ThreadKind#available")
    void whicheverCallIsTheFirstToTellThatAPeerRefusesTellsTheSame(ThreadKind kind) throws Exception {
        try (Socket socket = new Socket()) {
            Background<Integer> work = Background.run(kind, () -> {
                socket.connect(Peer.refusing(), 3000);
                socket.getOutputStream().write(Bytes.clientHello(300));
                return socket.getInputStream().read();
            });
            assertThat(work.failure()).isExactlyInstanceOf(ConnectException.class).hasMessageStartingWith("Connection refused");
        }
    }

    @Test
    void anAddressThatIsNotOursCannotBeBound() throws IOException {
        try (Peer peer = new Peer(); Socket socket = new Socket()) {
            assertThatThrownBy(() -> socket.bind(new InetSocketAddress("203.0.113.7", 0))).isInstanceOf(SocketException.class);
            socket.connect(peer.address());
            assertExchanges(peer, socket);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "0.0.0.0"})
    void whatItIsBoundToStays(String address) throws IOException {
        try (Peer peer = new Peer(); Socket socket = new Socket()) {
            // given
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(address, 0));
            int port = socket.getLocalPort();

            // when
            socket.connect(peer.address(), 3000);

            // then
            assertThat(socket.getLocalPort()).isEqualTo(port);
            assertExchanges(peer, socket);
            assertThat(socket.getLocalPort()).isEqualTo(port);
            assertThatThrownBy(() -> socket.bind(null)).isInstanceOf(SocketException.class).hasMessage("Already bound");
        }
    }

    @Test
    void optionsOutliveTheConnect() throws IOException {
        try (Peer peer = new Peer(); Socket socket = new Socket()) {
            socket.setTcpNoDelay(true);
            socket.setKeepAlive(true);
            socket.setSoLinger(true, 3);
            socket.setTrafficClass(8);
            socket.setOOBInline(true);
            socket.setSoTimeout(4321);
            socket.setOption(StandardSocketOptions.SO_RCVBUF, 65_536);
            int size = socket.getReceiveBufferSize();
            socket.connect(peer.address(), 3000);
            assertOptions(socket, size);
            assertExchanges(peer, socket);
            assertOptions(socket, size);
        }
    }

    private static void assertOptions(Socket socket, int size) throws IOException {
        assertThat(socket.getTcpNoDelay()).isTrue();
        assertThat(socket.getKeepAlive()).isTrue();
        assertThat(socket.getSoLinger()).isEqualTo(3);
        assertThat(socket.getTrafficClass()).isEqualTo(8);
        assertThat(socket.getOOBInline()).isTrue();
        assertThat(socket.getSoTimeout()).isEqualTo(4321);
        assertThat(socket.getReceiveBufferSize()).isEqualTo(size);
        assertThat(socket.getOption(StandardSocketOptions.TCP_NODELAY)).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void optionsCanBeSetAtAnyTime(Stage stage) throws IOException {
        try (SocketConnection connection = SocketConnection.at(stage)) {
            Socket socket = connection.socket();
            socket.setTcpNoDelay(true);
            socket.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
            socket.setSoTimeout(4321);
            assertThat(socket.getTcpNoDelay()).isTrue();
            assertThat(socket.getKeepAlive()).isTrue();
            assertThat(socket.getSoTimeout()).isEqualTo(4321);
            Set<?> supported = socket.supportedOptions();
            assertThat(supported.contains(StandardSocketOptions.TCP_NODELAY)).isTrue();
            assertThatThrownBy(() -> socket.setOption(StandardSocketOptions.IP_MULTICAST_LOOP, true))
                .isInstanceOf(UnsupportedOperationException.class);
            connection.assertWorksBothWays();
        }
    }
}
