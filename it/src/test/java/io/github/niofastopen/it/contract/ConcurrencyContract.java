// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Several threads at one channel. */
@Contract
class ConcurrencyContract {
    private static final int BLOCK = 400_000;

    static List<Arguments> stagesAndThreads() {
        return CloseContract.stagesAndThreads();
    }

    @ParameterizedTest
    @EnumSource
    void blocksOfSeveralWritersArriveInOnePieceEach(Stage stage) throws Exception {
        try (Connection connection = Connection.at(stage)) {
            // given
            CyclicBarrier start = new CyclicBarrier(3);
            List<Background<Integer>> writers = new ArrayList<>();
            for (byte mark = 'A'; mark <= 'C'; mark++) {
                ByteBuffer block = ByteBuffer.wrap(block(mark));
                writers.add(Background.run(() -> {
                    start.await();
                    return connection.channel().write(block);
                }));
            }

            // when
            connection.assertPeerReceives();
            byte[] received = Peer.receive(connection.accepted(), 3 * BLOCK);

            // then
            for (Background<Integer> writer : writers) {
                assertThat(writer.result()).isEqualTo(BLOCK);
            }
            List<String> order = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                byte mark = received[i * BLOCK + 500];
                assertThat(Arrays.copyOfRange(received, i * BLOCK, (i + 1) * BLOCK)).isEqualTo(block(mark));
                order.add(String.valueOf((char) mark));
            }
            assertThat(order).containsExactlyInAnyOrder("A", "B", "C");
        }
    }

    @ParameterizedTest
    @MethodSource("stagesAndThreads")
    void aReaderDoesNotHinderAWriterNorAWriterAReader(Stage stage, ThreadKind kind) throws Exception {
        try (Connection connection = Connection.at(stage)) {
            Background<byte[]> reader = Background.run(kind, () -> connection.readFully(BLOCK)).awaitBlocked();
            Background<Integer> writer = Background.run(kind, () -> {
                ByteBuffer block = ByteBuffer.wrap(block((byte) 'W'));
                while (block.hasRemaining()) {
                    connection.channel().write(block);
                }
                return block.position();
            });
            Background<Void> peer = Background.run(() -> {
                Peer.send(connection.accepted(), block((byte) 'R'));
                return null;
            });
            peer.result();
            assertThat(reader.result()).isEqualTo(block((byte) 'R'));
            connection.assertPeerReceives(block((byte) 'W'));
            assertThat(writer.result()).isEqualTo(BLOCK);
        }
    }

    @RepeatedTest(20)
    void aFirstReadAndAFirstWriteMayRace() throws Exception {
        try (Connection connection = Connection.at(Stage.UNWRITTEN)) {
            CyclicBarrier start = new CyclicBarrier(2);
            Background<byte[]> reader = Background.run(() -> {
                start.await();
                return connection.readFully(2);
            });
            Background<Integer> writer = Background.run(() -> {
                start.await();
                return connection.channel().write(ByteBuffer.wrap(Bytes.clientHello(700)));
            });
            connection.assertPeerReceives(Bytes.clientHello(700));
            Peer.send(connection.accepted(), Bytes.text("ok"));
            assertThat(reader.result()).isEqualTo(Bytes.text("ok"));
            assertThat(writer.result()).isEqualTo(700);
        }
    }

    @RepeatedTest(20)
    void aFirstWriteAndACloseMayRace() throws Exception {
        try (Peer peer = new Peer()) {
            SocketChannel channel = SocketChannel.open(peer.address());
            CyclicBarrier start = new CyclicBarrier(2);
            Background<Integer> writer = Background.run(() -> {
                start.await();
                return channel.write(ByteBuffer.wrap(Bytes.clientHello(700)));
            });
            start.await();
            channel.close();
            try {
                assertThat(writer.result()).isEqualTo(700);
            } catch (ClosedChannelException e) {
                assertThat(channel.isOpen()).isFalse();
            }
        }
    }

    @RepeatedTest(20)
    void aFirstWriteAndAShutdownMayRace() throws Exception {
        try (Connection connection = Connection.at(Stage.UNWRITTEN)) {
            CyclicBarrier start = new CyclicBarrier(2);
            Background<Boolean> writer = Background.run(() -> {
                start.await();
                try {
                    connection.channel().write(ByteBuffer.wrap(Bytes.clientHello(700)));
                    return true;
                } catch (ClosedChannelException e) {
                    return false;
                }
            });
            start.await();
            connection.channel().shutdownOutput();
            byte[] received = Peer.receiveToTheEnd(connection.accepted());
            assertThat(received).isEqualTo(writer.result() ? Bytes.clientHello(700) : new byte[0]);
        }
    }

    @RepeatedTest(20)
    void aConnectAndACloseMayRace() throws Exception {
        try (Peer peer = new Peer()) {
            SocketChannel channel = SocketChannel.open();
            CyclicBarrier start = new CyclicBarrier(2);
            Background<Boolean> connect = Background.run(() -> {
                start.await();
                return channel.connect(peer.address());
            });
            start.await();
            channel.close();
            try {
                assertThat(connect.result()).isTrue();
            } catch (IOException e) {
                assertThat(e).isInstanceOf(ClosedChannelException.class);
            }
            assertThat(channel.isOpen()).isFalse();
        }
    }

    @RepeatedTest(20)
    void aShutdownAsSoonAsItIsConnectedLeavesAConnection() throws Exception {
        try (Peer peer = new Peer(); SocketChannel channel = SocketChannel.open()) {
            // when
            Background<SocketChannel> shutdown = Background.run(() -> {
                while (!channel.isConnected()) {
                    Thread.onSpinWait();
                }
                return channel.shutdownOutput();
            });
            channel.connect(peer.address());
            shutdown.result();

            // then
            try (SocketChannel accepted = peer.accept()) {
                assertThat(Peer.receiveToTheEnd(accepted)).isEmpty();
                Peer.send(accepted, Bytes.text("late"));
                assertThat(channel.socket().getInputStream().readNBytes(4)).isEqualTo(Bytes.text("late"));
            }
        }
    }

    @RepeatedTest(20)
    void aConnectAndChangesOfTheModeMayRace() throws Exception {
        try (Peer peer = new Peer(); SocketChannel channel = SocketChannel.open()) {
            // given
            AtomicBoolean over = new AtomicBoolean();
            Background<SocketChannel> changes = Background.run(() -> {
                while (!over.get()) {
                    channel.configureBlocking(!channel.isBlocking());
                }
                return channel;
            });
            while (channel.isBlocking()) {
                Thread.onSpinWait();
            }

            // when
            try {
                channel.connect(peer.address());
            } finally {
                over.set(true);
            }
            changes.result().configureBlocking(true);

            // then
            assertThat(channel.finishConnect()).isTrue();
            assertThat(channel.write(ByteBuffer.wrap(Bytes.clientHello(700)))).isEqualTo(700);
            try (SocketChannel accepted = peer.accept()) {
                assertThat(Peer.receive(accepted, 700)).isEqualTo(Bytes.clientHello(700));
            }
        }
    }

    private static byte[] block(byte mark) {
        byte[] block = new byte[BLOCK];
        Arrays.fill(block, mark);
        System.arraycopy(Bytes.clientHello(400), 0, block, 0, 400);
        return block;
    }
}
