// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Reads and writes of {@link Socket}. */
@Contract
class PlainSocketReadContract {
    private static final String STAGES_AND_THREADS = "io.github.niofastopen.it.contract.SocketConnection#stagesAndThreads";
    private static final int MUCH = 2_000_000;
    private static final int TIMEOUT_MILLIS = 200;

    @ParameterizedTest
    @MethodSource(STAGES_AND_THREADS)
    void whatThePeerSendsIsRead(Stage stage, ThreadKind kind) throws Exception {
        try (SocketConnection connection = SocketConnection.at(stage)) {
            // given
            Background<byte[]> reader = Background.run(kind, () -> connection.read(5));
            reader.awaitBlocked();

            // when
            Peer.send(connection.accepted(), Bytes.text("first"));

            // then
            assertThat(reader.result()).isEqualTo(Bytes.text("first"));
            connection.assertWorksBothWays();
        }
    }

    @ParameterizedTest
    @MethodSource(STAGES_AND_THREADS)
    void aReadTimesOutNoSoonerThanItMayAndTheNextOneReads(Stage stage, ThreadKind kind) throws Exception {
        try (SocketConnection connection = SocketConnection.at(stage)) {
            connection.socket().setSoTimeout(TIMEOUT_MILLIS);
            Background<Long> reader = Background.run(kind, () -> {
                long begun = System.nanoTime();
                assertThatThrownBy(() -> connection.socket().getInputStream().read())
                    .isExactlyInstanceOf(SocketTimeoutException.class).hasMessage("Read timed out");
                return System.nanoTime() - begun;
            });
            assertThat(reader.result()).isGreaterThanOrEqualTo(Background.leastNanos(TIMEOUT_MILLIS));
            connection.socket().setSoTimeout(0);
            connection.assertWorksBothWays();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aReadWithATimeoutReadsWhatComesInTime(Stage stage) throws Exception {
        try (SocketConnection connection = SocketConnection.at(stage)) {
            connection.socket().setSoTimeout(10_000);
            Background<Integer> reader = Background.run(() -> connection.socket().getInputStream().read());
            reader.awaitBlocked();
            Peer.send(connection.accepted(), Bytes.text("!"));
            assertThat(reader.result()).isEqualTo('!');
        }
    }

    @ParameterizedTest
    @EnumSource
    void availableTellsOfWhatHasArrived(Stage stage) throws Exception {
        try (SocketConnection connection = SocketConnection.at(stage)) {
            InputStream in = connection.socket().getInputStream();
            assertThat(in.available()).isZero();
            Peer.send(connection.accepted(), Bytes.text("seven!!"));
            Background<Integer> polling = Background.run(() -> {
                while (in.available() < 7) {
                    Thread.onSpinWait();
                }
                return in.available();
            });
            assertThat(polling.result()).isEqualTo(7);
            assertThat(in.skip(3)).isEqualTo(3);
            assertThat(in.readNBytes(4)).isEqualTo(Bytes.text("en!!"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void nothingIsReadIntoNothing(Stage stage) throws Exception {
        try (SocketConnection connection = SocketConnection.at(stage)) {
            InputStream in = connection.socket().getInputStream();
            assertThat(in.read(new byte[5], 5, 0)).isZero();
            assertThat(in.read(new byte[0])).isZero();
            assertThatThrownBy(() -> in.read(new byte[5], 3, 3)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> in.read(null, 0, 1)).isInstanceOf(NullPointerException.class);
            connection.assertWorksBothWays();
        }
    }

    @ParameterizedTest
    @EnumSource
    void nothingIsWrittenOfNothing(Stage stage) throws Exception {
        try (SocketConnection connection = SocketConnection.at(stage)) {
            OutputStream out = connection.socket().getOutputStream();
            out.write(new byte[0]);
            out.write(new byte[5], 5, 0);
            out.flush();
            assertThatThrownBy(() -> out.write(new byte[5], 3, 3)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> out.write(null, 0, 1)).isInstanceOf(NullPointerException.class);
            connection.assertWorksBothWays();
        }
    }

    @ParameterizedTest
    @MethodSource(STAGES_AND_THREADS)
    void thePeersEndIsRead(Stage stage, ThreadKind kind) throws Exception {
        try (SocketConnection connection = SocketConnection.at(stage)) {
            Background<Integer> reader = Background.run(kind, () -> {
                connection.socket().getInputStream().readAllBytes();
                return connection.socket().getInputStream().read();
            });
            reader.awaitBlocked();
            Peer.send(connection.accepted(), Bytes.text("last"));
            connection.accepted().shutdownOutput();
            assertThat(reader.result()).isEqualTo(-1);
            connection.write(Bytes.text("more"));
            connection.assertPeerReceives(new byte[0]);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"HELLO_WRITTEN", "PLAIN_WRITTEN", "ESTABLISHED"})
    void aResetIsRead(Stage stage) throws Exception {
        try (SocketConnection connection = SocketConnection.at(stage)) {
            SocketChannel accepted = connection.accepted();
            accepted.setOption(StandardSocketOptions.SO_LINGER, 0);
            Background<Integer> reader = Background.run(() -> connection.socket().getInputStream().read());
            reader.awaitBlocked();
            accepted.close();
            assertThat(reader.failure()).isExactlyInstanceOf(SocketException.class).hasMessage("Connection reset");
            assertThatThrownBy(() -> connection.socket().getInputStream().read())
                .isExactlyInstanceOf(SocketException.class).hasMessage("Connection reset");
        }
    }

    @ParameterizedTest
    @MethodSource(STAGES_AND_THREADS)
    void muchPassesBothWaysAtOnce(Stage stage, ThreadKind kind) throws Exception {
        try (SocketConnection connection = SocketConnection.at(stage)) {
            // given: a reader that waits before anything more is written
            byte[] there = Bytes.concat(Bytes.clientHello(600), Bytes.plain(MUCH));
            byte[] back = Bytes.plain(MUCH);
            Background<byte[]> reader = Background.run(kind, () -> connection.read(MUCH)).awaitBlocked();
            Background<Void> writer = Background.run(kind, () -> {
                connection.socket().getOutputStream().write(there);
                return null;
            });

            // when
            Background<Void> peer = Background.run(() -> {
                Peer.send(connection.accepted(), back);
                return null;
            });
            peer.result();
            connection.assertPeerReceives(there);

            // then
            writer.result();
            assertThat(reader.result()).isEqualTo(back);
        }
    }

    @ParameterizedTest
    @EnumSource
    void singleBytesPass(Stage stage) throws IOException {
        try (SocketConnection connection = SocketConnection.at(stage)) {
            for (byte b : Bytes.clientHello(40)) {
                connection.socket().getOutputStream().write(b);
            }
            connection.assertPeerReceives(Bytes.clientHello(40));
        }
    }

    @ParameterizedTest
    @EnumSource
    void urgentDataArrivesInItsPlace(Stage stage) throws Exception {
        try (SocketConnection connection = SocketConnection.at(stage)) {
            Background<Void> sender = Background.run(() -> {
                connection.socket().sendUrgentData('!');
                return null;
            });
            connection.accepted().socket().setOOBInline(true);
            assertThat(sender.failure()).isNull();
            connection.assertPeerReceives(Bytes.text("!"));
            connection.assertWorksBothWays();
        }
    }

    @ParameterizedTest
    @MethodSource(STAGES_AND_THREADS)
    void manyThreadsReadAndWrite(Stage stage, ThreadKind kind) throws Exception {
        try (SocketConnection connection = SocketConnection.at(stage)) {
            Socket socket = connection.socket();
            Background<?>[] work = new Background<?>[8];
            for (int i = 0; i < work.length; i++) {
                boolean writes = i % 2 == 0;
                work[i] = Background.run(kind, () -> {
                    if (writes) {
                        socket.getOutputStream().write(Bytes.plain(1000));
                    }
                    return writes ? 0 : socket.getInputStream().readNBytes(100).length;
                });
            }
            connection.assertPeerReceives(Bytes.concat(Bytes.plain(1000), Bytes.plain(1000), Bytes.plain(1000), Bytes.plain(1000)));
            Peer.send(connection.accepted(), Bytes.plain(400));
            int read = 0;
            for (Background<?> one : work) {
                read += (Integer) one.result();
            }
            assertThat(read).isEqualTo(400);
        }
    }
}
