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
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** How a {@link Socket}'s connection ends: half-close, close, interrupt and time-out, also while the peer is silent. */
@Contract
class PlainSocketEndContract {
    private static final String STAGES_AND_THREADS = "io.github.niofastopen.it.contract.SocketConnection#stagesAndThreads";
    private static final String THREADS = "io.github.niofastopen.it.contract.ThreadKind#available";
    private static final int CONNECT_MILLIS = 400;

    // -- half-close

    @ParameterizedTest
    @EnumSource
    void afterShutdownOutputThePeerReachesTheEndAndMayAnswer(Stage stage) throws IOException {
        try (SocketConnection connection = SocketConnection.at(stage)) {
            connection.socket().shutdownOutput();
            assertThat(connection.socket().isOutputShutdown()).isTrue();
            connection.assertPeerReachesTheEnd();
            Peer.send(connection.accepted(), Bytes.text("late"));
            assertThat(connection.read(4)).isEqualTo(Bytes.text("late"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void afterShutdownOutputNothingCanBeWritten(Stage stage) throws IOException {
        try (SocketConnection connection = SocketConnection.at(stage)) {
            OutputStream out = connection.socket().getOutputStream();
            connection.socket().shutdownOutput();
            assertThatThrownBy(() -> out.write(Bytes.clientHello(100))).isExactlyInstanceOf(SocketException.class)
                .hasMessage("Broken pipe");
            assertThatThrownBy(connection.socket()::getOutputStream).isInstanceOf(SocketException.class);
            assertThatThrownBy(connection.socket()::shutdownOutput).isInstanceOf(SocketException.class);
            connection.assertPeerReachesTheEnd();
        }
    }

    @ParameterizedTest
    @EnumSource
    void afterShutdownInputTheEndIsRead(Stage stage) throws IOException {
        try (SocketConnection connection = SocketConnection.at(stage)) {
            InputStream in = connection.socket().getInputStream();
            connection.socket().shutdownInput();
            assertThat(connection.socket().isInputShutdown()).isTrue();
            assertThat(in.read()).isEqualTo(-1);
            assertThat(in.available()).isZero();
            connection.write(Bytes.text("still"));
            connection.assertPeerReceives(new byte[0]);
        }
    }

    @ParameterizedTest
    @MethodSource(STAGES_AND_THREADS)
    void shutdownInputEndsAReadThatWaits(Stage stage, ThreadKind kind) throws Exception {
        try (SocketConnection connection = SocketConnection.at(stage)) {
            Background<Integer> reader = Background.run(kind, () -> connection.socket().getInputStream().read());
            reader.awaitBlocked();
            connection.socket().shutdownInput();
            assertThat(reader.result()).isEqualTo(-1);
        }
    }

    // -- close

    @ParameterizedTest
    @EnumSource(names = "UNWRITTEN", mode = EnumSource.Mode.EXCLUDE)
    void thePeerReceivesAllThatWasWrittenAndThenTheEnd(Stage stage) throws IOException {
        try (SocketConnection connection = SocketConnection.at(stage)) {
            connection.socket().close();
            connection.assertPeerReachesTheEnd();
        }
    }

    @Test
    void closedUnwrittenThePeerAcceptsAndReachesTheEnd() throws IOException {
        try (SocketConnection connection = SocketConnection.at(Stage.UNWRITTEN)) {
            connection.socket().close();
            try (SocketChannel accepted = connection.peer().accept(1000)) {
                assertThat(Peer.receiveToTheEnd(accepted)).isEmpty();
            }
        }
    }

    @Test
    void thePeerAcceptsAtOnceThoughNothingIsWritten() throws IOException {
        try (SocketConnection connection = SocketConnection.at(Stage.UNWRITTEN);
             SocketChannel accepted = connection.peer().accept(1000)) {
            assertThat(accepted.isConnected()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void withoutLingeringTheConnectionIsReset(Stage stage) throws IOException {
        try (SocketConnection connection = SocketConnection.at(stage)) {
            SocketChannel accepted = connection.accepted();
            connection.socket().setSoLinger(true, 0);
            connection.socket().close();
            assertThatThrownBy(() -> Peer.receiveToTheEnd(accepted)).isInstanceOf(SocketException.class)
                .hasMessageContaining("reset");
        }
    }

    @ParameterizedTest
    @EnumSource
    void afterItEveryCallSaysSo(Stage stage) throws Exception {
        SocketConnection connection = SocketConnection.at(stage);
        Socket socket = connection.socket();
        InputStream in = socket.getInputStream();
        OutputStream out = socket.getOutputStream();
        connection.close();
        socket.close();
        in.close();
        List<Callable<?>> calls = List.of(in::read, in::available, socket::getInputStream, socket::getOutputStream,
            socket::getSoTimeout, socket::getTcpNoDelay, () -> {
                out.write(Bytes.clientHello(50));
                return 0;
            }, () -> {
                socket.shutdownInput();
                return 0;
            }, () -> {
                socket.shutdownOutput();
                return 0;
            }, () -> {
                socket.sendUrgentData(1);
                return 0;
            }, () -> {
                socket.connect(Peer.refusing());
                return 0;
            });
        for (Callable<?> call : calls) {
            assertThatThrownBy(call::call).isExactlyInstanceOf(SocketException.class).hasMessageContaining("losed");
        }
    }

    @ParameterizedTest
    @MethodSource(STAGES_AND_THREADS)
    void itEndsAReadThatWaits(Stage stage, ThreadKind kind) throws Exception {
        try (SocketConnection connection = SocketConnection.at(stage)) {
            Background<Integer> reader = Background.run(kind, () -> connection.socket().getInputStream().read());
            reader.awaitBlocked();
            connection.socket().close();
            assertThat(reader.failure()).isExactlyInstanceOf(SocketException.class).hasMessage("Socket closed");
        }
    }

    @ParameterizedTest
    @MethodSource(STAGES_AND_THREADS)
    void itEndsAReadWithATimeoutThatWaits(Stage stage, ThreadKind kind) throws Exception {
        try (SocketConnection connection = SocketConnection.at(stage)) {
            connection.socket().setSoTimeout(15_000);
            Background<Integer> reader = Background.run(kind, () -> connection.socket().getInputStream().read());
            reader.awaitBlocked();
            connection.socket().close();
            assertThat(reader.failure()).isExactlyInstanceOf(SocketException.class).hasMessage("Socket closed");
        }
    }

    @ParameterizedTest
    @MethodSource(STAGES_AND_THREADS)
    void itEndsAWriteThatWaits(Stage stage, ThreadKind kind) throws Exception {
        try (SocketConnection connection = SocketConnection.at(stage)) {
            Background<Void> writer = Background.run(kind, () -> {
                connection.socket().getOutputStream().write(Bytes.plain(30_000_000));
                return null;
            });
            writer.awaitBlocked();
            connection.socket().close();
            assertThat(writer.failure()).isExactlyInstanceOf(SocketException.class);
        }
    }

    // -- interrupt

    @ParameterizedTest
    @EnumSource
    void anInterruptDisturbsNoThreadThatIsNotVirtual(Stage stage) throws Exception {
        try (SocketConnection connection = SocketConnection.at(stage)) {
            Background<Boolean> reader = Background.run(() -> {
                assertThat(connection.socket().getInputStream().read()).isEqualTo('!');
                return Thread.currentThread().isInterrupted();
            });
            reader.awaitBlocked();
            reader.interrupt();
            reader.awaitBlocked();
            Peer.send(connection.accepted(), Bytes.text("!"));
            assertThat(reader.result()).as("still interrupted").isTrue();
            connection.assertWorksBothWays();
        }
    }

    @ParameterizedTest
    @MethodSource(STAGES_AND_THREADS)
    void aThreadThatIsInterruptedAlreadyWrites(Stage stage, ThreadKind kind) throws Exception {
        try (SocketConnection connection = SocketConnection.at(stage)) {
            Background<Void> writer = Background.run(kind, () -> {
                Thread.currentThread().interrupt();
                connection.write(Bytes.clientHello(300));
                return null;
            });
            assertThat(writer.failure()).isNull();
            connection.assertPeerReceives(new byte[0]);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anInterruptOfAVirtualThreadThatReadsClosesIt(Stage stage) throws Exception {
        if (!ThreadKind.available().contains(ThreadKind.VIRTUAL)) {
            return;
        }
        try (SocketConnection connection = SocketConnection.at(stage)) {
            Background<Integer> reader = Background.run(ThreadKind.VIRTUAL, () -> connection.socket().getInputStream().read());
            reader.awaitBlocked();
            reader.interrupt();
            assertThat(reader.failure()).isExactlyInstanceOf(SocketException.class).hasMessage("Closed by interrupt");
            assertThat(connection.socket().isClosed()).isTrue();
        }
    }

    // -- a peer that never answers

    @ParameterizedTest
    @MethodSource(THREADS)
    void closeEndsWhicheverCallWaits(ThreadKind kind) throws Exception {
        Socket socket = new Socket();
        Background<Integer> work = Background.run(kind, () -> helloAndRead(socket, 0));
        work.awaitBlocked();
        assertThat(work.isDone()).isFalse();
        socket.close();
        assertThat(work.failure()).isExactlyInstanceOf(SocketException.class).hasMessage("Socket closed");
    }

    @ParameterizedTest
    @MethodSource(THREADS)
    void whicheverCallWaitsTellsThatTheConnectTimedOutNoSoonerThanItMay(ThreadKind kind) throws Exception {
        try (Socket socket = new Socket()) {
            Background<Long> work = Background.run(kind, () -> {
                long begun = System.nanoTime();
                assertThatThrownBy(() -> helloAndRead(socket, CONNECT_MILLIS))
                    .isExactlyInstanceOf(SocketTimeoutException.class).hasMessage("Connect timed out");
                return System.nanoTime() - begun;
            });
            assertThat(work.result()).isGreaterThanOrEqualTo(Background.leastNanos(CONNECT_MILLIS));
        }
    }

    @Test
    void aConnectTimesOut() throws Exception {
        try (Socket socket = new Socket()) {
            assertThatThrownBy(() -> socket.connect(Peer.silent(), 100)).isExactlyInstanceOf(SocketTimeoutException.class)
                .hasMessage("Connect timed out");
            assertThat(socket.isConnected()).isFalse();
        }
    }

    @Test
    void anInterruptOfAVirtualThreadThatWaitsClosesIt() throws Exception {
        if (!ThreadKind.available().contains(ThreadKind.VIRTUAL)) {
            return;
        }
        try (Socket socket = new Socket()) {
            Background<Integer> work = Background.run(ThreadKind.VIRTUAL, () -> helloAndRead(socket, 0));
            work.awaitBlocked();
            work.interrupt();
            assertThat(work.failure()).isExactlyInstanceOf(SocketException.class).hasMessage("Closed by interrupt");
        }
    }

    @Test
    void anInterruptOfAnotherThreadThatWaitsDoesNothing() throws Exception {
        try (Socket socket = new Socket()) {
            Background<Integer> work = Background.run(() -> helloAndRead(socket, 0));
            work.awaitBlocked();
            work.interrupt();
            work.awaitBlocked();
            assertThat(work.isDone()).isFalse();
        }
    }

    private static int helloAndRead(Socket socket, int timeout) throws IOException {
        socket.connect(Peer.silent(), timeout);
        socket.getOutputStream().write(Bytes.clientHello(300));
        return socket.getInputStream().read();
    }
}
