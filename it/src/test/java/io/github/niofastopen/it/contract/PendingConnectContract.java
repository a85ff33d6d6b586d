// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.AlreadyConnectedException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ConnectionPendingException;
import java.nio.channels.NotYetConnectedException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Between connect and finishConnect. */
@Contract
class PendingConnectContract {
    private Peer peer;
    private SocketChannel channel;

    @BeforeEach
    void connect() throws IOException {
        peer = new Peer();
        channel = SocketChannel.open();
        channel.configureBlocking(false);
        assertThat(channel.connect(peer.address())).isFalse();
    }

    @AfterEach
    void close() throws IOException {
        channel.close();
        peer.close();
    }

    @Test
    void itIsPendingAndNotConnected() {
        assertThat(channel.isConnectionPending()).isTrue();
        assertThat(channel.isConnected()).isFalse();
        assertThat(channel.socket().isConnected()).isFalse();
        assertThat(channel.socket().toString()).isEqualTo("Socket[unconnected]");
    }

    @Test
    void itKnowsWhereItConnectsTo() throws IOException {
        assertThat(channel.getRemoteAddress()).isEqualTo(peer.address());
        assertThat(channel.socket().getPort()).isEqualTo(peer.address().getPort());
    }

    @Test
    void itHasNoLocalAddressYet() throws IOException {
        assertThat(channel.getLocalAddress()).isNull();
        assertThat(channel.socket().isBound()).isFalse();
        assertThat(channel.socket().getLocalPort()).isEqualTo(-1);
    }

    @Test
    void itsTextSaysSo() {
        assertThat(channel.toString())
            .isEqualTo("java.nio.channels.SocketChannel[connection-pending remote=" + peer.address() + "]");
    }

    @Test
    void anotherConnectIsRefused() throws IOException {
        assertThatThrownBy(() -> channel.connect(peer.address())).isInstanceOf(ConnectionPendingException.class);
        assertFinishes();
    }

    @Test
    void aBindIsRefused() throws IOException {
        assertThatThrownBy(() -> channel.bind(null)).isInstanceOf(ConnectionPendingException.class);
        assertFinishes();
    }

    @Test
    void nothingCanBeReadOrWritten() throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(Bytes.clientHello(100));
        assertNotYetConnected(() -> channel.write(buffer));
        assertNotYetConnected(() -> channel.write(new ByteBuffer[] {buffer}));
        assertNotYetConnected(() -> channel.read(buffer));
        assertNotYetConnected(() -> channel.read(new ByteBuffer[] {buffer}));
        assertThat(buffer.position()).isZero();
        assertFinishes();
    }

    @Test
    void noDirectionCanBeShut() throws IOException {
        assertNotYetConnected(() -> channel.shutdownInput());
        assertNotYetConnected(() -> channel.shutdownOutput());
        assertFinishes();
    }

    @Test
    void noUrgentDataCanBeSent() throws IOException {
        assertNotYetConnected(() -> channel.socket().sendUrgentData(7));
        assertFinishes();
    }

    @Test
    void itsSocketHasNoStreams() throws IOException {
        assertThatThrownBy(() -> channel.socket().getInputStream()).isInstanceOf(SocketException.class);
        assertThatThrownBy(() -> channel.socket().getOutputStream()).isInstanceOf(SocketException.class);
        assertFinishes();
    }

    @Test
    void oncePendingIsOverFinishConnectIsTrueEverAfter() throws IOException {
        assertFinishes();
        assertThat(channel.finishConnect()).isTrue();
        assertThat(channel.isConnectionPending()).isFalse();
        assertThatThrownBy(() -> channel.connect(peer.address())).isInstanceOf(AlreadyConnectedException.class);
    }

    @Test
    void finishConnectCanBeCalledAllTheTime() throws IOException {
        while (!channel.finishConnect()) {
            Thread.onSpinWait();
        }
        assertThat(channel.isConnected()).isTrue();
    }

    @Test
    void inBlockingModeFinishConnectWaits() throws IOException {
        channel.configureBlocking(true);
        assertThat(channel.finishConnect()).isTrue();
        assertThat(channel.write(ByteBuffer.wrap(Bytes.clientHello(100)))).isEqualTo(100);
        try (SocketChannel accepted = peer.accept()) {
            assertThat(Peer.receive(accepted, 100)).isEqualTo(Bytes.clientHello(100));
        }
    }

    @Test
    void thePeerAcceptsThoughTheConnectIsNeverFinished() throws IOException {
        try (SocketChannel accepted = peer.accept(1000)) {
            assertThat(accepted.getLocalAddress()).isEqualTo(peer.address());
        }
        assertThat(channel.isConnectionPending()).isTrue();
        assertThat(channel.isConnected()).isFalse();
    }

    @Test
    void itCanBeFinishedLongAfterThePeerHasAccepted() throws IOException {
        try (SocketChannel accepted = peer.accept(1000)) {
            assertFinishes();
            channel.write(ByteBuffer.wrap(Bytes.clientHello(100)));
            assertThat(Peer.receive(accepted, 100)).isEqualTo(Bytes.clientHello(100));
        }
    }

    @Test
    void closedItIsNeitherPendingNorFinishable() throws IOException {
        channel.close();
        assertThat(channel.isConnectionPending()).isFalse();
        assertThat(channel.isConnected()).isFalse();
        assertThatThrownBy(() -> channel.finishConnect()).isInstanceOf(ClosedChannelException.class);
        assertThatThrownBy(() -> channel.connect(peer.address())).isInstanceOf(ClosedChannelException.class);
        assertThatThrownBy(() -> channel.write(ByteBuffer.allocate(1))).isInstanceOf(ClosedChannelException.class);
        assertThatThrownBy(() -> channel.read(ByteBuffer.allocate(1))).isInstanceOf(ClosedChannelException.class);
    }

    @ParameterizedTest
    @EnumSource
    void finishedItWorks(Stage stage) throws IOException {
        try (Connection connection = Connection.nonBlockingAt(stage)) {
            assertThat(connection.channel().isConnected()).isTrue();
            assertThat(connection.channel().isConnectionPending()).isFalse();
            connection.assertWorksBothWays();
            assertThat(connection.accepted().getRemoteAddress()).isEqualTo(connection.channel().getLocalAddress());
        }
    }

    @Test
    void aBoundChannelKeepsItsAddressWhilePending() throws IOException {
        try (SocketChannel bound = SocketChannel.open()) {
            bound.configureBlocking(false);
            bound.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            Object local = bound.getLocalAddress();
            bound.connect(peer.address());
            assertThat(bound.getLocalAddress()).isEqualTo(local);
        }
    }

    @Test
    void aRefusedConnectIsReportedByFinishConnect() throws IOException {
        try (SocketChannel refused = SocketChannel.open(); Selector selector = Selector.open()) {
            refused.configureBlocking(false);
            refused.connect(Peer.refusing());
            refused.register(selector, SelectionKey.OP_CONNECT);
            assertThat(Selecting.untilReady(selector)).isEqualTo(1);
            assertThatThrownBy(refused::finishConnect).isInstanceOf(ConnectException.class)
                .hasMessageStartingWith("Connection refused"); // JDK 27 goes on "(connect failed)"
            assertThat(refused.isOpen()).isFalse();
        }
    }

    private void assertFinishes() throws IOException {
        assertThat(channel.isConnectionPending()).isTrue();
        try (Selector selector = Selector.open()) {
            channel.register(selector, SelectionKey.OP_CONNECT);
            assertThat(Selecting.untilReady(selector)).isEqualTo(1);
            assertThat(channel.finishConnect()).isTrue();
        }
        assertThat(channel.isConnected()).isTrue();
        assertThat(channel.getLocalAddress()).isNotNull();
    }

    private static void assertNotYetConnected(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(NotYetConnectedException.class);
    }
}
