// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@Contract
class ReadContract {

    @ParameterizedTest
    @EnumSource
    void aBlockingReadReturnsWhatThePeerSends(Stage stage) throws Exception {
        try (Connection connection = Connection.at(stage)) {
            Background<byte[]> reader = Background.run(() -> connection.readFully(5)).awaitBlocked();
            Peer.send(connection.accepted(), Bytes.text("hello"));
            assertThat(reader.result()).isEqualTo(Bytes.text("hello"));
        }
    }

    @ParameterizedTest
    @MethodSource("io.github.niofastopen.it.contract.ThreadKind#available")
    void aServerThatSpeaksFirstIsHeardAtOnce(ThreadKind kind) throws Exception {
        try (Connection connection = Connection.at(Stage.UNWRITTEN)) {
            Background<byte[]> reader = Background.run(kind, () -> connection.readFully(5));
            Peer.send(connection.accepted(), Bytes.text("220 A"));
            assertThat(reader.result()).isEqualTo(Bytes.text("220 A"));
            connection.assertWorksBothWays();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aNonBlockingReadReturns0WhereThereIsNothing(Stage stage) throws IOException {
        try (Connection connection = Connection.nonBlockingAt(stage)) {
            ByteBuffer buffer = ByteBuffer.allocate(10);
            assertThat(connection.channel().read(buffer)).isZero();
            assertThat(connection.channel().read(new ByteBuffer[] {buffer})).isZero();
            assertThat(buffer.position()).isZero();
            connection.assertWorksBothWays();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aScatteringReadFillsItsBuffersInOrder(Stage stage) throws IOException {
        try (Connection connection = Connection.at(stage)) {
            // given
            Peer.send(connection.accepted(), Bytes.text("abcdef"));
            ByteBuffer[] buffers = {
                ByteBuffer.allocate(9), ByteBuffer.allocate(2), ByteBuffer.allocateDirect(3), ByteBuffer.allocate(9)};

            // when
            long n = connection.channel().read(buffers, 1, 2);

            // then
            assertThat(n).isEqualTo(5);
            assertThat(buffers[0].position()).isZero();
            assertThat(buffers[1].array()).isEqualTo(Bytes.text("ab"));
            assertThat(buffers[2].flip()).isEqualTo(ByteBuffer.wrap(Bytes.text("cde")));
            assertThat(connection.readFully(1)).isEqualTo(Bytes.text("f"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFullBufferReads0AndBlocksNobody(Stage stage) throws IOException {
        try (Connection connection = Connection.at(stage)) {
            assertThat(connection.channel().read(ByteBuffer.allocate(0))).isZero();
            assertThat(connection.channel().read(new ByteBuffer[0])).isZero();
            assertThat(connection.channel().socket().getInputStream().read(new byte[0])).isZero();
            connection.assertWorksBothWays();
        }
    }

    @ParameterizedTest
    @EnumSource
    void badArgumentsAreRefused(Stage stage) throws IOException {
        try (Connection connection = Connection.at(stage)) {
            SocketChannel channel = connection.channel();
            ByteBuffer[] two = {ByteBuffer.allocate(1), ByteBuffer.allocate(1)};
            assertThatThrownBy(() -> channel.read(ByteBuffer.allocate(1).asReadOnlyBuffer()))
                .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> channel.read(new ByteBuffer[] {ByteBuffer.allocate(1).asReadOnlyBuffer()}))
                .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> channel.read((ByteBuffer) null)).isInstanceOf(NullPointerException.class);
            assertThatThrownBy(() -> channel.read((ByteBuffer[]) null)).isInstanceOf(NullPointerException.class);
            assertThatThrownBy(() -> channel.read(two, 1, 2)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> channel.read(two, -1, 1)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> channel.socket().getInputStream().read(new byte[2], 1, 2))
                .isInstanceOf(IndexOutOfBoundsException.class);
            connection.assertWorksBothWays();
        }
    }

    @ParameterizedTest
    @EnumSource
    void inNonBlockingModeBadArgumentsAreRefusedToo(Stage stage) throws IOException {
        try (Connection connection = Connection.nonBlockingAt(stage)) {
            SocketChannel channel = connection.channel();
            assertThatThrownBy(() -> channel.read(ByteBuffer.allocate(1).asReadOnlyBuffer()))
                .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> channel.read(new ByteBuffer[] {null})).isInstanceOf(NullPointerException.class);
            connection.assertWorksBothWays();
        }
    }

    @ParameterizedTest
    @EnumSource
    void thePeersEndIsReadAgainAndAgain(Stage stage) throws IOException {
        try (Connection connection = Connection.at(stage)) {
            connection.accepted().shutdownOutput();
            assertThat(connection.channel().read(ByteBuffer.allocate(1))).isEqualTo(-1);
            assertThat(connection.channel().read(ByteBuffer.allocate(1))).isEqualTo(-1);
            assertThat(connection.channel().socket().getInputStream().read()).isEqualTo(-1);
            connection.writeAll(Bytes.text("still"));
            connection.assertPeerReceives();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aTimeoutOfTheSocketEndsTheReadAndNothingElse(Stage stage) throws IOException {
        try (Connection connection = Connection.at(stage)) {
            // given
            connection.channel().socket().setSoTimeout(50);
            long start = System.nanoTime();

            // when
            assertThatThrownBy(() -> connection.channel().socket().getInputStream().read())
                .isInstanceOf(SocketTimeoutException.class).hasMessage("Read timed out");

            // then
            assertThat(System.nanoTime() - start).isGreaterThan(40_000_000L);
            assertThat(connection.channel().isOpen()).isTrue();
            connection.channel().socket().setSoTimeout(0);
            connection.assertWorksBothWays();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aTimeoutThatDoesNotElapseIsNotNoticed(Stage stage) throws Exception {
        try (Connection connection = Connection.at(stage)) {
            connection.channel().socket().setSoTimeout(4000);
            Background<Integer> reader = Background.run(() -> connection.channel().socket().getInputStream().read());
            reader.awaitBlocked();
            Peer.send(connection.accepted(), Bytes.text("x"));
            assertThat(reader.result()).isEqualTo('x');
        }
    }

    @ParameterizedTest
    @EnumSource
    void aResetByThePeerIsReported(Stage stage) throws IOException {
        try (Connection connection = Connection.at(stage)) {
            connection.accepted().socket().setSoLinger(true, 0);
            connection.accepted().close();
            assertThatThrownBy(() -> connection.channel().read(ByteBuffer.allocate(1)))
                .isInstanceOf(IOException.class).hasMessageContaining("Connection reset");
            assertThat(connection.channel().isOpen()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatThePeerSentBeforeItsResetCanBeRead(Stage stage) throws IOException {
        try (Connection connection = Connection.at(stage)) {
            // given: the peer answers and is gone at once, without reading what it was sent
            Peer.send(connection.accepted(), Bytes.text("bye"));
            connection.accepted().socket().setSoLinger(true, 0);
            connection.accepted().close();

            // then
            assertThat(connection.readFully(3)).isEqualTo(Bytes.text("bye"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatThePeerSentBeforeItsResetCanBeReadInNonBlockingMode(Stage stage) throws IOException {
        try (Connection connection = Connection.nonBlockingAt(stage)) {
            Peer.send(connection.accepted(), Bytes.text("bye"));
            connection.accepted().socket().setSoLinger(true, 0);
            connection.accepted().close();
            assertThat(connection.readFully(3)).isEqualTo(Bytes.text("bye"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatThePeerSentBeforeBothSidesEndedCanBeRead(Stage stage) throws IOException {
        try (Connection connection = Connection.at(stage)) {
            connection.channel().shutdownOutput();
            connection.assertPeerReachesTheEnd();
            Peer.send(connection.accepted(), Bytes.text("bye"));
            connection.accepted().close();
            assertThat(connection.readFully(3)).isEqualTo(Bytes.text("bye"));
            assertThat(connection.channel().read(ByteBuffer.allocate(1))).isEqualTo(-1);
        }
    }

    @Test
    void availableTellsWhatCanBeRead() throws Exception {
        try (Connection connection = Connection.at(Stage.UNWRITTEN)) {
            Peer.send(connection.accepted(), Bytes.text("abc"));
            assertThat(connection.readFully(1)).isEqualTo(Bytes.text("a"));
            assertThat(connection.channel().socket().getInputStream().available()).isEqualTo(2);
        }
    }
}
