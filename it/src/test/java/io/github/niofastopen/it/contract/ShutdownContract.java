// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@Contract
class ShutdownContract {

    @ParameterizedTest
    @EnumSource
    void afterShutdownOutputThePeerReachesTheEndAndCanStillAnswer(Stage stage) throws IOException {
        try (Connection connection = Connection.at(stage)) {
            assertThat(connection.channel().shutdownOutput()).isSameAs(connection.channel());
            connection.assertPeerReachesTheEnd();
            Peer.send(connection.accepted(), Bytes.text("answer"));
            assertThat(connection.readFully(6)).isEqualTo(Bytes.text("answer"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void inNonBlockingModeToo(Stage stage) throws IOException {
        try (Connection connection = Connection.nonBlockingAt(stage)) {
            connection.channel().shutdownOutput();
            connection.assertPeerReachesTheEnd();
            Peer.send(connection.accepted(), Bytes.text("answer"));
            assertThat(connection.readFully(6)).isEqualTo(Bytes.text("answer"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void afterShutdownOutputNothingCanBeWritten(Stage stage) throws IOException {
        try (Connection connection = Connection.at(stage)) {
            connection.channel().shutdownOutput();
            ByteBuffer hello = ByteBuffer.wrap(Bytes.clientHello(50));
            assertThatThrownBy(() -> connection.channel().write(hello)).isInstanceOf(ClosedChannelException.class);
            assertThatThrownBy(() -> connection.channel().write(new ByteBuffer[] {hello}))
                .isInstanceOf(ClosedChannelException.class);
            assertThat(hello.position()).isZero();
            connection.assertPeerReachesTheEnd();
        }
    }

    @ParameterizedTest
    @EnumSource
    void afterShutdownOutputNothingCanBeWrittenInNonBlockingModeEither(Stage stage) throws IOException {
        try (Connection connection = Connection.nonBlockingAt(stage)) {
            connection.channel().shutdownOutput();
            assertThatThrownBy(() -> connection.channel().write(ByteBuffer.wrap(Bytes.clientHello(50))))
                .isInstanceOf(IOException.class);
            connection.assertPeerReachesTheEnd();
        }
    }

    @ParameterizedTest
    @EnumSource
    void afterShutdownInputEveryReadIsAtTheEnd(Stage stage) throws IOException {
        try (Connection connection = Connection.at(stage)) {
            assertThat(connection.channel().shutdownInput()).isSameAs(connection.channel());
            assertThat(connection.channel().read(ByteBuffer.allocate(1))).isEqualTo(-1);
            assertThat(connection.channel().read(new ByteBuffer[] {ByteBuffer.allocate(1)})).isEqualTo(-1);
            connection.writeAll(Bytes.text("still"));
            connection.assertPeerReceives();
        }
    }

    @ParameterizedTest
    @EnumSource
    void afterShutdownInputEveryNonBlockingReadIsAtTheEnd(Stage stage) throws IOException {
        try (Connection connection = Connection.nonBlockingAt(stage)) {
            connection.channel().shutdownInput();
            assertThat(connection.channel().read(ByteBuffer.allocate(1))).isEqualTo(-1);
            connection.writeAll(Bytes.text("still"));
            connection.assertPeerReceives();
            assertThat(connection.channel().read(ByteBuffer.allocate(1))).isEqualTo(-1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void afterShutdownInputAReadOfNothingIsAtTheEndToo(Stage stage) throws IOException {
        try (Connection connection = Connection.at(stage)) {
            connection.channel().shutdownInput();
            assertThat(connection.channel().read(ByteBuffer.allocate(0))).isEqualTo(-1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void bothDirectionsCanBeShutInAnyOrderAndAgain(Stage stage) throws IOException {
        try (Connection connection = Connection.at(stage)) {
            connection.channel().shutdownInput().shutdownOutput().shutdownInput().shutdownOutput();
            assertThat(connection.channel().read(ByteBuffer.allocate(1))).isEqualTo(-1);
            assertThatThrownBy(() -> connection.channel().write(ByteBuffer.allocate(1)))
                .isInstanceOf(ClosedChannelException.class);
            assertThat(connection.channel().isConnected()).isTrue();
            connection.assertPeerReachesTheEnd();
        }
    }

    @ParameterizedTest
    @EnumSource
    void theSocketTellsOfItAtOnce(Stage stage) throws IOException {
        try (Connection connection = Connection.at(stage)) {
            Socket socket = connection.channel().socket();
            socket.shutdownOutput();
            assertThat(socket.isOutputShutdown()).isTrue();
            assertThat(socket.isInputShutdown()).isFalse();
            assertThatThrownBy(socket::getOutputStream).isInstanceOf(SocketException.class);
            socket.shutdownInput();
            assertThat(socket.isInputShutdown()).isTrue();
            assertThatThrownBy(socket::getInputStream).isInstanceOf(SocketException.class);
            assertThat(socket.isClosed()).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void itsTextTellsOfIt(Stage stage) throws IOException {
        try (Connection connection = Connection.at(stage)) {
            SocketChannel channel = connection.channel();
            channel.shutdownInput();
            assertThat(channel.toString()).contains("[connected ishut local=");
            channel.shutdownOutput();
            assertThat(channel.toString()).contains("[connected ishut oshut local=");
        }
    }

    @ParameterizedTest
    @EnumSource
    void shutdownInputEndsAReadThatWaits(Stage stage) throws Exception {
        try (Connection connection = Connection.at(stage)) {
            Background<Integer> reader = Background.run(() -> connection.channel().read(ByteBuffer.allocate(1)));
            reader.awaitBlocked();
            connection.channel().shutdownInput();
            assertThat(reader.result()).isEqualTo(-1);
        }
    }

    @ParameterizedTest
    @MethodSource("io.github.niofastopen.it.contract.ThreadKind#available")
    void onAnyKindOfThread(ThreadKind kind) throws Exception {
        try (Connection connection = Connection.at(Stage.UNWRITTEN)) {
            Background<Integer> reader = Background.run(kind, () -> connection.channel().read(ByteBuffer.allocate(1)));
            reader.awaitBlocked();
            connection.channel().shutdownInput();
            assertThat(reader.result()).isEqualTo(-1);
        }
    }

    @Test
    void shutdownOutputDoesNotEndAReadThatWaits() throws Exception {
        try (Connection connection = Connection.at(Stage.UNWRITTEN)) {
            Background<byte[]> reader = Background.run(() -> connection.readFully(4)).awaitBlocked();
            connection.channel().shutdownOutput();
            connection.assertPeerReachesTheEnd();
            Peer.send(connection.accepted(), Bytes.text("late"));
            assertThat(reader.result()).isEqualTo(Bytes.text("late"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void shutdownOutputEndsAWriteThatWaits(Stage stage) throws Exception {
        try (Connection connection = Connection.at(stage)) {
            Background<Integer> writer = Background.run(
                () -> connection.channel().write(ByteBuffer.wrap(Bytes.plain(30_000_000))));
            writer.awaitBlocked();
            connection.channel().shutdownOutput();
            try {
                assertThat(writer.result()).isLessThan(30_000_000);
            } catch (ClosedChannelException e) {
                // nothing was written
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatWasSentBeforeShutdownOutputArrives(Stage stage) throws IOException {
        try (Connection connection = Connection.at(stage)) {
            connection.writeAll(Bytes.plain(40_000));
            connection.channel().shutdownOutput();
            connection.assertPeerReachesTheEnd();
        }
    }

    @ParameterizedTest
    @EnumSource
    void afterShutdownOutputTheChannelClosesNormally(Stage stage) throws IOException {
        try (Connection connection = Connection.at(stage)) {
            connection.channel().shutdownOutput();
            connection.channel().close();
            connection.assertPeerReachesTheEnd();
        }
    }

    @Test
    void aClosedChannelCannotBeShut() throws IOException {
        Connection connection = Connection.at(Stage.UNWRITTEN);
        connection.close();
        assertThatThrownBy(() -> connection.channel().shutdownInput()).isInstanceOf(ClosedChannelException.class);
        assertThatThrownBy(() -> connection.channel().shutdownOutput()).isInstanceOf(ClosedChannelException.class);
    }
}
