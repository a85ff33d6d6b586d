// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Close and interrupt. */
@Contract
class CloseContract {

    static List<Arguments> stagesAndThreads() {
        List<Arguments> all = new ArrayList<>();
        for (ThreadKind kind : ThreadKind.available()) {
            for (Stage stage : Stage.values()) {
                all.add(Arguments.of(stage, kind));
            }
        }
        return all;
    }

    @ParameterizedTest
    @EnumSource
    void afterItEveryCallSaysSo(Stage stage) throws IOException {
        Connection connection = Connection.at(stage);
        SocketChannel channel = connection.channel();
        ByteBuffer buffer = ByteBuffer.wrap(Bytes.clientHello(20));
        connection.close();
        channel.close();

        assertThat(channel.isOpen()).isFalse();
        assertThat(channel.isConnected()).isFalse();
        assertThat(channel.isConnectionPending()).isFalse();
        assertThat(channel.toString()).isEqualTo("java.nio.channels.SocketChannel[closed]");
        List<Callable<?>> calls = List.of(() -> channel.read(buffer), () -> channel.write(buffer),
            () -> channel.read(new ByteBuffer[] {buffer}), () -> channel.write(new ByteBuffer[] {buffer}),
            channel::getLocalAddress, channel::getRemoteAddress, channel::finishConnect, channel::shutdownInput,
            channel::shutdownOutput, () -> channel.configureBlocking(false), () -> channel.bind(null));
        for (Callable<?> call : calls) {
            assertThatThrownBy(call::call).isInstanceOf(ClosedChannelException.class);
        }
    }

    @ParameterizedTest
    @EnumSource(names = "UNWRITTEN", mode = EnumSource.Mode.EXCLUDE)
    void thePeerReceivesAllThatWasWrittenAndThenTheEnd(Stage stage) throws IOException {
        try (Connection connection = Connection.at(stage)) {
            connection.channel().close();
            connection.assertPeerReachesTheEnd();
        }
    }

    @ParameterizedTest
    @EnumSource(names = "UNWRITTEN", mode = EnumSource.Mode.EXCLUDE)
    void inNonBlockingModeToo(Stage stage) throws IOException {
        try (Connection connection = Connection.nonBlockingAt(stage)) {
            connection.channel().close();
            connection.assertPeerReachesTheEnd();
        }
    }

    @Test
    void unwrittenThePeerAcceptsAndReachesTheEnd() throws IOException {
        try (Connection connection = Connection.at(Stage.UNWRITTEN)) {
            connection.channel().close();
            try (SocketChannel accepted = connection.peer().accept(1000)) {
                assertThat(Peer.receiveToTheEnd(accepted)).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("stagesAndThreads")
    void itEndsAReadThatWaits(Stage stage, ThreadKind kind) throws Exception {
        try (Connection connection = Connection.at(stage)) {
            Background<Integer> reader = Background.run(kind, () -> connection.channel().read(ByteBuffer.allocate(1)));
            reader.awaitBlocked();
            connection.channel().close();
            assertThat(reader.failure()).isExactlyInstanceOf(AsynchronousCloseException.class);
        }
    }

    @ParameterizedTest
    @EnumSource
    void itEndsAReadOfTheSocketThatWaits(Stage stage) throws Exception {
        try (Connection connection = Connection.at(stage)) {
            Background<Integer> reader = Background.run(() -> connection.channel().socket().getInputStream().read());
            reader.awaitBlocked();
            connection.channel().close();
            assertThat(reader.failure()).isInstanceOf(IOException.class);
        }
    }

    @ParameterizedTest
    @EnumSource
    void itEndsATimedReadOfTheSocketThatWaits(Stage stage) throws Exception {
        try (Connection connection = Connection.at(stage)) {
            connection.channel().socket().setSoTimeout(5000);
            Background<Integer> reader = Background.run(() -> connection.channel().socket().getInputStream().read());
            reader.awaitBlocked();
            connection.channel().close();
            assertThat(reader.failure()).isInstanceOf(IOException.class);
        }
    }

    @ParameterizedTest
    @MethodSource("stagesAndThreads")
    void itEndsAWriteThatWaits(Stage stage, ThreadKind kind) throws Exception {
        try (Connection connection = Connection.at(stage)) {
            ByteBuffer endless = ByteBuffer.wrap(Bytes.plain(30_000_000));
            Background<Integer> writer = Background.run(kind, () -> {
                while (true) {
                    connection.channel().write(endless.rewind());
                }
            });
            writer.awaitBlocked();
            connection.channel().close();
            assertThat(writer.failure()).isInstanceOf(ClosedChannelException.class);
        }
    }

    @ParameterizedTest
    @MethodSource("stagesAndThreads")
    void anInterruptEndsAReadThatWaitsAndClosesTheChannel(Stage stage, ThreadKind kind) throws Exception {
        try (Connection connection = Connection.at(stage)) {
            Background<Boolean> reader = Background.run(kind, () -> {
                assertThatThrownBy(() -> connection.channel().read(ByteBuffer.allocate(1)))
                    .isInstanceOf(ClosedByInterruptException.class);
                return Thread.currentThread().isInterrupted();
            });
            reader.awaitBlocked();
            reader.interrupt();
            assertThat(reader.result()).as("still interrupted").isTrue();
            assertThat(connection.channel().isOpen()).isFalse();
        }
    }

    @ParameterizedTest
    @MethodSource("stagesAndThreads")
    void anInterruptEndsAWriteThatWaitsAndClosesTheChannel(Stage stage, ThreadKind kind) throws Exception {
        try (Connection connection = Connection.at(stage)) {
            Background<Boolean> writer = Background.run(kind, () -> {
                ByteBuffer endless = ByteBuffer.wrap(Bytes.plain(30_000_000));
                assertThatThrownBy(() -> {
                    while (true) {
                        connection.channel().write(endless.rewind());
                    }
                }).isInstanceOf(ClosedByInterruptException.class);
                return Thread.currentThread().isInterrupted();
            });
            writer.awaitBlocked();
            writer.interrupt();
            assertThat(writer.result()).as("still interrupted").isTrue();
            assertThat(connection.channel().isOpen()).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aThreadThatIsInterruptedAlreadyClosesTheChannelByReading(Stage stage) throws Exception {
        try (Connection connection = Connection.at(stage)) {
            assertClosedByInterruptedThread(connection.channel(), () -> connection.channel().read(ByteBuffer.allocate(1)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aThreadThatIsInterruptedAlreadyClosesTheChannelByWritingAHello(Stage stage) throws Exception {
        try (Connection connection = Connection.at(stage)) {
            assertClosedByInterruptedThread(connection.channel(),
                () -> connection.channel().write(ByteBuffer.wrap(Bytes.clientHello(100))));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aThreadThatIsInterruptedAlreadyClosesTheChannelByWritingAnythingElse(Stage stage) throws Exception {
        try (Connection connection = Connection.at(stage)) {
            assertClosedByInterruptedThread(connection.channel(),
                () -> connection.channel().write(ByteBuffer.wrap(Bytes.plain(100))));
        }
    }

    @Test
    void aThreadThatIsInterruptedAlreadyClosesTheChannelByConnecting() throws Exception {
        try (Peer peer = new Peer(); SocketChannel channel = SocketChannel.open()) {
            assertClosedByInterruptedThread(channel, () -> channel.connect(peer.address()));
        }
    }

    @ParameterizedTest
    @EnumSource
    void inNonBlockingModeAnInterruptedThreadReadsAndWrites(Stage stage) throws Exception {
        try (Connection connection = Connection.nonBlockingAt(stage)) {
            Background<Integer> work = Background.run(() -> {
                Thread.currentThread().interrupt();
                connection.channel().read(ByteBuffer.allocate(1));
                return connection.channel().write(ByteBuffer.wrap(Bytes.clientHello(100)));
            });
            assertThat(work.result()).isIn(0, 100);
            assertThat(connection.channel().isOpen()).isTrue();
        }
    }

    private static void assertClosedByInterruptedThread(SocketChannel channel, Callable<?> call) throws Exception {
        Background<Boolean> work = Background.run(() -> {
            Thread.currentThread().interrupt();
            assertThatThrownBy(call::call).isInstanceOf(ClosedByInterruptException.class);
            return Thread.currentThread().isInterrupted();
        });
        assertThat(work.result()).as("still interrupted").isTrue();
        assertThat(channel.isOpen()).isFalse();
    }
}
