// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AlreadyBoundException;
import java.nio.channels.AlreadyConnectedException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Contract
class BlockingConnectContract {

    @Test
    void itReturnsTrueAndTheChannelIsConnected() throws IOException {
        try (Peer peer = new Peer(); SocketChannel channel = SocketChannel.open()) {
            assertThat(channel.connect(peer.address())).isTrue();
            assertThat(channel.isConnected()).isTrue();
            assertThat(channel.isConnectionPending()).isFalse();
            assertThat(channel.finishConnect()).isTrue();
        }
    }

    @Test
    void openWithAnAddressConnects() throws IOException {
        try (Peer peer = new Peer(); SocketChannel channel = SocketChannel.open(peer.address())) {
            assertThat(channel.isConnected()).isTrue();
            assertThat(channel.getRemoteAddress()).isEqualTo(peer.address());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aConnectedChannelIsNotConnectedAgain(Stage stage) throws IOException {
        try (Connection connection = Connection.at(stage)) {
            assertThatThrownBy(() -> connection.channel().connect(connection.peer().address()))
                .isInstanceOf(AlreadyConnectedException.class);
            connection.assertWorksBothWays();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aConnectedChannelIsNotBoundAgain(Stage stage) throws IOException {
        try (Connection connection = Connection.at(stage)) {
            assertThatThrownBy(() -> connection.channel().bind(null)).isInstanceOf(AlreadyBoundException.class);
            connection.assertWorksBothWays();
        }
    }

    @ParameterizedTest
    @EnumSource
    void bothSidesNameTheSameAddresses(Stage stage) throws IOException {
        try (Connection connection = Connection.at(stage)) {
            assertThat(connection.channel().getRemoteAddress()).isEqualTo(connection.peer().address());
            assertThat(connection.accepted().getRemoteAddress()).isEqualTo(connection.channel().getLocalAddress());
            assertThat(connection.accepted().getLocalAddress()).isEqualTo(connection.channel().getRemoteAddress());
        }
    }

    @ParameterizedTest
    @EnumSource
    void itsTextNamesItsAddresses(Stage stage) throws IOException {
        try (Connection connection = Connection.at(stage)) {
            SocketChannel channel = connection.channel();
            assertThat(channel.toString()).isEqualTo("java.nio.channels.SocketChannel[connected local="
                + channel.getLocalAddress() + " remote=" + channel.getRemoteAddress() + "]");
        }
    }

    @Test
    void aBoundChannelKeepsItsPort() throws IOException {
        try (Peer peer = new Peer(); SocketChannel channel = SocketChannel.open()) {
            // given
            channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            InetSocketAddress bound = (InetSocketAddress) channel.getLocalAddress();

            // when
            channel.connect(peer.address());
            channel.write(ByteBuffer.wrap(Bytes.clientHello(50)));

            // then
            assertThat(channel.getLocalAddress()).isEqualTo(bound);
            try (SocketChannel accepted = peer.accept()) {
                assertThat(accepted.getRemoteAddress()).isEqualTo(bound);
            }
        }
    }

    @Test
    void theWildcardAddressMeansThisMachine() throws IOException {
        try (Peer peer = new Peer(new InetSocketAddress(0).getAddress()); SocketChannel channel = SocketChannel.open()) {
            // when
            channel.connect(new InetSocketAddress(peer.address().getPort()));

            // then
            InetSocketAddress remote = (InetSocketAddress) channel.getRemoteAddress();
            assertThat(remote.getAddress().isLoopbackAddress()).isTrue();
            channel.write(ByteBuffer.wrap(Bytes.clientHello(50)));
            try (SocketChannel accepted = peer.accept()) {
                assertThat(Peer.receive(accepted, 50)).isEqualTo(Bytes.clientHello(50));
            }
        }
    }

    @Test
    void aRefusedConnectThrowsAndClosesTheChannel() throws IOException {
        try (SocketChannel channel = SocketChannel.open()) {
            assertThatThrownBy(() -> channel.connect(Peer.refusing())).isInstanceOf(ConnectException.class)
                .hasMessageStartingWith("Connection refused"); // later JDKs may go on "(connect failed)"
            assertThat(channel.isOpen()).isFalse();
        }
    }

    @Test
    void aClosedChannelIsNotConnected() throws IOException {
        try (Peer peer = new Peer()) {
            SocketChannel channel = SocketChannel.open();
            channel.close();
            assertThatThrownBy(() -> channel.connect(peer.address())).isInstanceOf(ClosedChannelException.class);
            assertThatThrownBy(channel::finishConnect).isInstanceOf(ClosedChannelException.class);
        }
    }

    @Test
    void thePeerAcceptsAtOnceThoughNothingIsWritten() throws IOException {
        try (Connection connection = Connection.at(Stage.UNWRITTEN);
             SocketChannel accepted = connection.peer().accept(1000)) {
            assertThat(accepted.isConnected()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void theModeCanBeChanged(Stage stage) throws IOException {
        try (Connection connection = Connection.at(stage)) {
            connection.channel().configureBlocking(false);
            connection.assertWorksBothWays();
            connection.channel().configureBlocking(true);
            connection.assertWorksBothWays();
        }
    }
}
