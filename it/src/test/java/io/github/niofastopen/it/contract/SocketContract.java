// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.channels.AlreadyConnectedException;
import java.nio.channels.IllegalBlockingModeException;
import java.nio.channels.SocketChannel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code channel.socket()}: connecting, and what it tells. */
@Contract
class SocketContract {

    @ParameterizedTest
    @ValueSource(ints = {0, 3000})
    void itConnectsWithAndWithoutATimeout(int timeout) throws IOException {
        try (Peer peer = new Peer(); SocketChannel channel = SocketChannel.open()) {
            // when
            channel.socket().connect(peer.address(), timeout);

            // then
            assertThat(channel.isConnected()).isTrue();
            assertThat(channel.isBlocking()).isTrue();
            channel.socket().getOutputStream().write(Bytes.clientHello(99));
            try (SocketChannel accepted = peer.accept()) {
                assertThat(Peer.receive(accepted, 99)).isEqualTo(Bytes.clientHello(99));
                Peer.send(accepted, Bytes.text("hi"));
                assertThat(channel.socket().getInputStream().readNBytes(2)).isEqualTo(Bytes.text("hi"));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void itIsNotConnectedTwice(Stage stage) throws IOException {
        try (Connection connection = Connection.at(stage)) {
            assertThatThrownBy(() -> connection.channel().socket().connect(connection.peer().address()))
                .isInstanceOfAny(SocketException.class, AlreadyConnectedException.class);
            assertThatThrownBy(() -> connection.channel().socket().connect(connection.peer().address(), 1000))
                .isInstanceOfAny(SocketException.class, AlreadyConnectedException.class);
            connection.assertWorksBothWays();
        }
    }

    @Test
    void inNonBlockingModeItDoesNotConnect() throws IOException {
        try (Peer peer = new Peer(); SocketChannel channel = SocketChannel.open()) {
            channel.configureBlocking(false);
            assertThatThrownBy(() -> channel.socket().connect(peer.address()))
                .isInstanceOf(IllegalBlockingModeException.class);
            assertThatThrownBy(() -> channel.socket().connect(peer.address(), 1000))
                .isInstanceOf(IllegalBlockingModeException.class);
            assertThat(channel.isOpen()).isTrue();
            channel.configureBlocking(true);
            channel.connect(peer.address());
        }
    }

    @Test
    void whileAConnectIsPendingItDoesNotConnect() throws IOException {
        try (Peer peer = new Peer(); SocketChannel channel = SocketChannel.open()) {
            channel.configureBlocking(false);
            channel.connect(peer.address());
            channel.configureBlocking(true);
            assertThatThrownBy(() -> channel.socket().connect(peer.address())).isInstanceOf(Exception.class);
            assertThat(channel.isOpen()).isTrue();
            assertThat(channel.finishConnect()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3000})
    void aRefusedConnectThrowsAndCloses(int timeout) throws IOException {
        try (SocketChannel channel = SocketChannel.open()) {
            assertThatThrownBy(() -> channel.socket().connect(Peer.refusing(), timeout)).isInstanceOf(ConnectException.class);
            assertThat(channel.isOpen()).isFalse();
            assertThat(channel.socket().isClosed()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void itTellsOfTheConnection(Stage stage) throws IOException {
        try (Connection connection = Connection.at(stage)) {
            Socket socket = connection.channel().socket();
            InetSocketAddress local = (InetSocketAddress) connection.channel().getLocalAddress();
            InetSocketAddress remote = connection.peer().address();
            assertThat(socket.isConnected()).isTrue();
            assertThat(socket.isBound()).isTrue();
            assertThat(socket.isClosed()).isFalse();
            assertThat(socket.isInputShutdown()).isFalse();
            assertThat(socket.isOutputShutdown()).isFalse();
            assertThat(socket.getRemoteSocketAddress()).isEqualTo(remote);
            assertThat(socket.getInetAddress()).isEqualTo(remote.getAddress());
            assertThat(socket.getPort()).isEqualTo(remote.getPort());
            assertThat(socket.getLocalSocketAddress()).isEqualTo(local);
            assertThat(socket.getLocalAddress()).isEqualTo(local.getAddress());
            assertThat(socket.getLocalPort()).isEqualTo(local.getPort());
            assertThat(socket.toString()).isEqualTo("Socket[addr=" + remote.getAddress() + ",port=" + remote.getPort()
                + ",localport=" + local.getPort() + "]");
            assertThat(socket.getInputStream().available()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void closedItStillTellsThatItWasConnectedTo(Stage stage) throws IOException {
        Connection connection = Connection.at(stage);
        Socket socket = connection.channel().socket();
        connection.close();
        assertThat(socket.isClosed()).isTrue();
        assertThat(socket.getPort()).isNotZero();
        assertThat(socket.isConnected()).isFalse();
        assertThatThrownBy(socket::getInputStream).isInstanceOf(SocketException.class);
        assertThatThrownBy(socket::getOutputStream).isInstanceOf(SocketException.class);
    }

    @ParameterizedTest
    @EnumSource
    void closingItClosesTheChannel(Stage stage) throws IOException {
        try (Connection connection = Connection.at(stage)) {
            connection.channel().socket().close();
            assertThat(connection.channel().isOpen()).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void inNonBlockingModeItsStreamsDoNotWork(Stage stage) throws IOException {
        try (Connection connection = Connection.nonBlockingAt(stage)) {
            Socket socket = connection.channel().socket();
            assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(IllegalBlockingModeException.class);
            assertThatThrownBy(() -> socket.getOutputStream().write(1))
                .isInstanceOf(IllegalBlockingModeException.class);
        }
    }
}
