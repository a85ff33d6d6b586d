// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Contract
class WriteContract {
    private static final int SEVERAL_SEGMENTS = 300_000;

    @ParameterizedTest
    @EnumSource
    void aBlockingWriteTakesAllAndThePeerGetsItInOrder(Stage stage) throws Exception {
        try (Connection connection = Connection.at(stage)) {
            ByteBuffer buffer = ByteBuffer.wrap(Bytes.plain(SEVERAL_SEGMENTS));
            Background<Integer> writer = Background.run(() -> connection.channel().write(buffer));
            connection.assertPeerReceives(buffer.array());
            assertThat(writer.result()).isEqualTo(SEVERAL_SEGMENTS);
            assertThat(buffer.hasRemaining()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {11, 300, 1420, 5000, 16_389})
    void aClientHelloOfAnySizeArrivesAlone(int size) throws IOException {
        try (Connection connection = Connection.at(Stage.UNWRITTEN)) {
            connection.writeAll(Bytes.clientHello(size));
            connection.assertPeerReceives();
            connection.assertWorksBothWays();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3000, SEVERAL_SEGMENTS})
    void whatFollowsAClientHelloInTheSameWriteArrivesAfterIt(int more) throws Exception {
        try (Connection connection = Connection.at(Stage.UNWRITTEN)) {
            byte[] all = Bytes.concat(Bytes.clientHello(517), Bytes.plain(more));
            Background<Integer> writer = Background.run(() -> connection.channel().write(ByteBuffer.wrap(all)));
            connection.assertPeerReceives(all);
            assertThat(writer.result()).isEqualTo(all.length);
            connection.assertWorksBothWays();
        }
    }

    @ParameterizedTest
    @MethodSource("io.github.niofastopen.it.contract.ThreadKind#available")
    void anyKindOfThreadWritesAllToASlowPeer(ThreadKind kind) throws Exception {
        try (Connection connection = Connection.at(Stage.UNWRITTEN)) {
            byte[] all = Bytes.concat(Bytes.clientHello(517), Bytes.plain(8_000_000));
            Background<Integer> writer = Background.run(kind, () -> {
                ByteBuffer buffer = ByteBuffer.wrap(all);
                while (buffer.hasRemaining()) { // on a virtual thread, the JDK's write takes what fits
                    connection.channel().write(buffer);
                }
                return buffer.position();
            });
            writer.awaitBlocked();
            connection.assertPeerReceives(all);
            assertThat(writer.result()).isEqualTo(all.length);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aNonBlockingWriteTakesWhatFitsAndThen0(Stage stage) throws Exception {
        try (Connection connection = Connection.nonBlockingAt(stage)) {
            // given
            ByteBuffer endless = ByteBuffer.wrap(Bytes.plain(30_000_000));

            // when: the peer reads nothing
            connection.accepted();
            int written = 0;
            int n;
            do {
                int before = endless.position();
                n = connection.channel().write(endless);
                assertThat(endless.position()).isEqualTo(before + n);
                written += n;
            } while (n > 0);

            // then
            assertThat(written).isBetween(1, 29_999_999);
            connection.assertPeerReceives(Arrays.copyOf(endless.array(), written));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aNonBlockingWriteOfAClientHelloAndMoreLosesNothing(Stage stage) throws IOException {
        try (Connection connection = Connection.nonBlockingAt(stage)) {
            connection.writeAll(Bytes.concat(Bytes.clientHello(400), Bytes.plain(100_000)));
            connection.assertPeerReceives();
            connection.assertWorksBothWays();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aGatheringWriteTakesItsBuffersInOrder(Stage stage) throws IOException {
        try (Connection connection = Connection.at(stage)) {
            // given
            byte[] hello = Bytes.clientHello(200);
            ByteBuffer[] buffers = {ByteBuffer.wrap(Bytes.text("not this")), ByteBuffer.wrap(hello, 0, 3),
                ByteBuffer.allocate(0), ByteBuffer.allocateDirect(197).put(hello, 3, 197).flip(),
                ByteBuffer.wrap(Bytes.text("tail")), ByteBuffer.wrap(Bytes.text("nor this"))};

            // when
            long n = connection.channel().write(buffers, 1, 4);

            // then
            assertThat(n).isEqualTo(204);
            assertThat(Arrays.stream(buffers).mapToInt(ByteBuffer::remaining)).containsExactly(8, 0, 0, 0, 0, 8);
            connection.assertPeerReceives(Bytes.concat(hello, Bytes.text("tail")));
        }
    }

    @ParameterizedTest
    @EnumSource
    void readOnlyAndDirectAndSlicedBuffersAreWritten(Stage stage) throws IOException {
        try (Connection connection = Connection.at(stage)) {
            byte[] hello = Bytes.clientHello(64);
            ByteBuffer sliced = ByteBuffer.allocate(100).position(20).put(hello).flip().position(20).slice();
            assertThat(connection.channel().write(sliced.asReadOnlyBuffer())).isEqualTo(64);
            assertThat(connection.channel().write(ByteBuffer.allocateDirect(64).put(hello).flip())).isEqualTo(64);
            connection.assertPeerReceives(Bytes.concat(hello, hello));
        }
    }

    @ParameterizedTest
    @EnumSource
    void anEmptyWriteIs0AndChangesNothing(Stage stage) throws IOException {
        try (Connection connection = Connection.at(stage)) {
            assertThat(connection.channel().write(ByteBuffer.allocate(0))).isZero();
            assertThat(connection.channel().write(new ByteBuffer[0])).isZero();
            assertThat(connection.channel().write(new ByteBuffer[] {ByteBuffer.allocate(0)})).isZero();
            connection.channel().socket().getOutputStream().write(new byte[0]);
            connection.assertWorksBothWays();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aNonBlockingEmptyWriteIs0AndChangesNothing(Stage stage) throws IOException {
        try (Connection connection = Connection.nonBlockingAt(stage)) {
            assertThat(connection.channel().write(ByteBuffer.allocate(0))).isZero();
            connection.assertWorksBothWays();
        }
    }

    @ParameterizedTest
    @EnumSource
    void badArgumentsAreRefused(Stage stage) throws IOException {
        try (Connection connection = Connection.at(stage)) {
            SocketChannel channel = connection.channel();
            ByteBuffer[] two = {ByteBuffer.allocate(1), ByteBuffer.allocate(1)};
            assertThatThrownBy(() -> channel.write((ByteBuffer) null)).isInstanceOf(NullPointerException.class);
            assertThatThrownBy(() -> channel.write((ByteBuffer[]) null)).isInstanceOf(NullPointerException.class);
            assertThatThrownBy(() -> channel.write(new ByteBuffer[] {null})).isInstanceOf(NullPointerException.class);
            assertThatThrownBy(() -> channel.write(two, 1, 2)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> channel.write(two, 0, -1)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> channel.socket().getOutputStream().write(new byte[2], 1, 2))
                .isInstanceOf(IndexOutOfBoundsException.class);
            assertThat(channel.isOpen()).isTrue();
            connection.assertWorksBothWays();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aWriteToAPeerThatHasResetFails(Stage stage) throws IOException {
        try (Connection connection = Connection.at(stage)) {
            connection.accepted().socket().setSoLinger(true, 0);
            connection.accepted().close();
            assertThatThrownBy(() -> {
                for (int i = 0; i < 100; i++) {
                    connection.channel().write(ByteBuffer.wrap(Bytes.plain(1000)));
                }
            }).isInstanceOf(IOException.class);
            assertThat(connection.channel().isOpen()).isTrue();
        }
    }
}
