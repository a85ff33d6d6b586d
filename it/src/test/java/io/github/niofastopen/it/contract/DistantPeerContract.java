// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The far end of the lab's path, which echoes: its answer takes a round trip, and a segment holds no more than a network's.
 */
@Contract
class DistantPeerContract {
    private static final InetSocketAddress ECHO = new InetSocketAddress(System.getenv("LAB_FAR"), 443);

    private SocketChannel channel;

    @BeforeEach
    void open() throws IOException {
        channel = SocketChannel.open();
    }

    @AfterEach
    void close() throws IOException {
        channel.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 1420, 1421, 5000, 16_389, 200_000})
    void whatIsWrittenAtOnceComesBack(int length) throws Exception {
        channel.connect(ECHO);
        byte[] flight = flight(length);
        Background<Integer> writer = Background.run(() -> channel.write(ByteBuffer.wrap(flight)));
        assertThat(readFully(length)).isEqualTo(flight);
        assertThat(writer.result()).isEqualTo(length);
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 1421, 5000, 200_000})
    void whatIsWrittenBySelectingComesBackAndNothingSpins(int length) throws IOException {
        // given
        channel.configureBlocking(false);
        channel.connect(ECHO);
        ByteBuffer out = ByteBuffer.wrap(flight(length));
        ByteBuffer in = ByteBuffer.allocate(length);
        int idle = 0;

        // when
        try (Selector selector = Selector.open()) {
            SelectionKey key = channel.register(selector, SelectionKey.OP_CONNECT);
            while (in.hasRemaining()) {
                assertThat(Selecting.untilReady(selector)).isEqualTo(1);
                selector.selectedKeys().clear();
                int n = 0;
                if (key.isConnectable()) {
                    assertThat(channel.finishConnect()).isTrue();
                    n = 1;
                }
                if (channel.isConnected()) {
                    n += channel.write(out);
                    n += channel.read(in);
                    key.interestOps(SelectionKey.OP_READ | (out.hasRemaining() ? SelectionKey.OP_WRITE : 0));
                }
                idle += n == 0 ? 1 : 0;
            }
        }

        // then
        assertThat(in.array()).isEqualTo(out.array());
        assertThat(idle).as("wake-ups for nothing").isLessThan(10);
    }

    @ParameterizedTest
    @MethodSource("io.github.niofastopen.it.contract.ThreadKind#available")
    void afterAHelloAndShutdownOutputTheEchoAndTheEndArrive(ThreadKind kind) throws Exception {
        channel.connect(ECHO);
        channel.write(ByteBuffer.wrap(flight(300)));
        channel.shutdownOutput();
        Background<byte[]> reader = Background.run(kind, () -> readFully(300));
        assertThat(reader.result()).isEqualTo(flight(300));
        assertThat(channel.read(ByteBuffer.allocate(1))).isEqualTo(-1);
    }

    /** What follows the first flight waits for the answer to it, as does a reader; then the writer waits for room. */
    @ParameterizedTest
    @MethodSource("io.github.niofastopen.it.contract.ThreadKind#available")
    void muchIsWrittenBehindAFirstFlightThatIsUnansweredWhileAnotherThreadReads(ThreadKind kind) throws Exception {
        // given
        byte[] much = Bytes.concat(Bytes.clientHello(300), Bytes.plain(4_000_000));
        channel.connect(ECHO);
        channel.write(ByteBuffer.wrap(much, 0, 300));
        channel.write(ByteBuffer.wrap(much, 300, 1000));

        // when
        Background<byte[]> reader = Background.run(kind, () -> readFully(much.length));
        Background<Integer> writer = Background.run(kind, () -> writeFully(ByteBuffer.wrap(much, 1300, much.length - 1300)));

        // then
        assertThat(writer.result()).isEqualTo(much.length - 1300);
        assertThat(reader.result()).isEqualTo(much);
    }

    @Test
    void theEchoAndTheEndThatArrivedLongAgoCanBeRead() throws Exception {
        channel.connect(ECHO);
        channel.write(ByteBuffer.wrap(flight(300)));
        channel.shutdownOutput();
        channel.configureBlocking(false);
        try (Selector selector = Selector.open()) {
            channel.register(selector, 0);
            selector.select(300); // both sides have ended
        }
        channel.configureBlocking(true);
        assertThat(readFully(300)).isEqualTo(flight(300));
        assertThat(channel.read(ByteBuffer.allocate(1))).isEqualTo(-1);
    }

    @Test
    void unwrittenAndShutTheEndArrives() throws Exception {
        channel.connect(ECHO);
        channel.shutdownOutput();
        assertThat(channel.read(ByteBuffer.allocate(1))).isEqualTo(-1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theSocketTellsOfAShutdownAtOnce(boolean afterHello) throws IOException {
        channel.connect(ECHO);
        if (afterHello) {
            channel.write(ByteBuffer.wrap(flight(300)));
        }
        Socket socket = channel.socket();
        channel.shutdownOutput();
        assertThat(socket.isOutputShutdown()).isTrue();
        assertThatThrownBy(socket::getOutputStream).isInstanceOf(SocketException.class);
        channel.shutdownInput();
        assertThat(socket.isInputShutdown()).isTrue();
        assertThatThrownBy(socket::getInputStream).isInstanceOf(SocketException.class);
        assertThat(channel.toString()).contains(" ishut oshut ");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void afterShutdownInputAReadIsAtTheEndInEitherMode(boolean blocking) throws IOException {
        channel.connect(ECHO);
        channel.write(ByteBuffer.wrap(flight(300)));
        channel.configureBlocking(blocking);
        channel.shutdownInput();
        assertThat(channel.read(ByteBuffer.allocate(1))).isEqualTo(-1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void afterShutdownInputAReadOfNothingIsAtTheEndInEitherMode(boolean blocking) throws IOException {
        channel.connect(ECHO);
        channel.write(ByteBuffer.wrap(flight(300)));
        channel.configureBlocking(blocking);
        channel.shutdownInput();
        assertThat(channel.read(ByteBuffer.allocate(0))).isEqualTo(-1);
    }

    @Test
    void shutInputIsReadable() throws IOException {
        channel.connect(ECHO);
        channel.configureBlocking(false);
        channel.write(ByteBuffer.wrap(flight(300)));
        channel.shutdownInput();
        try (Selector selector = Selector.open()) {
            channel.register(selector, SelectionKey.OP_READ);
            assertThat(Selecting.untilReady(selector)).isEqualTo(1);
            assertThat(channel.read(ByteBuffer.allocate(1))).isEqualTo(-1);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void afterShutdownOutputAWriteIsRefusedInEitherMode(boolean blocking) throws IOException {
        channel.connect(ECHO);
        channel.write(ByteBuffer.wrap(flight(300)));
        channel.configureBlocking(blocking);
        channel.shutdownOutput();
        assertThatThrownBy(() -> channel.write(ByteBuffer.wrap(flight(20)))).isInstanceOf(IOException.class);
        channel.configureBlocking(true);
        assertThat(readFully(300)).isEqualTo(flight(300));
    }

    @Test
    void aTimeoutShorterThanTheRoundTripElapsesAndTheEchoIsReadLater() throws IOException {
        byte[] echo = flight(300);
        for (int i = 0; i < 5 && !timesOut(echo); i++) {
            channel.close(); // this thread was suspended for longer than a round trip
            channel = SocketChannel.open();
        }
        channel.socket().setSoTimeout(5000);
        assertThat(channel.socket().getInputStream().readNBytes(300)).isEqualTo(flight(300));
    }

    @ParameterizedTest
    @MethodSource("io.github.niofastopen.it.contract.ThreadKind#available")
    void severalWritesInARowComeBackInOrder(ThreadKind kind) throws Exception {
        Background<byte[]> work = Background.run(kind, () -> {
            channel.connect(ECHO);
            for (int i = 0; i < 5; i++) {
                channel.write(ByteBuffer.wrap(flight(100)));
            }
            channel.socket().getOutputStream().write(flight(100));
            return readFully(600);
        });
        byte[] one = flight(100);
        assertThat(work.result()).isEqualTo(Bytes.concat(one, one, one, one, one, one));
    }

    @Test
    void aFileAndUrgentDataMayFollowAHello(@TempDir Path folder) throws Exception {
        Path file = Files.write(folder.resolve("file"), Bytes.plain(3000));
        channel.connect(ECHO);
        channel.write(ByteBuffer.wrap(flight(300)));
        try (FileChannel source = FileChannel.open(file)) {
            for (long n = 0; n < 3000;) {
                n += source.transferTo(n, 3000 - n, channel);
            }
        }
        assertThat(readFully(3300)).isEqualTo(Bytes.concat(flight(300), Bytes.plain(3000)));
    }

    @Test
    void urgentDataMayFollowAHello() throws Exception {
        channel.connect(ECHO);
        channel.write(ByteBuffer.wrap(flight(300)));
        channel.socket().sendUrgentData('!');
        channel.write(ByteBuffer.wrap(flight(20)));
        assertThat(readFully(320)).isEqualTo(Bytes.concat(flight(300), flight(20))); // urgent data isn't echoed
    }

    @Test
    void urgentDataMayComeFirst() throws Exception {
        channel.connect(ECHO);
        channel.socket().sendUrgentData('!');
        channel.write(ByteBuffer.wrap(flight(20)));
        assertThat(readFully(20)).isEqualTo(flight(20));
    }

    @Test
    void aFileMayComeFirst(@TempDir Path folder) throws Exception {
        Path file = Files.write(folder.resolve("file"), Bytes.plain(3000));
        channel.connect(ECHO);
        try (FileChannel source = FileChannel.open(file)) {
            for (long n = 0; n < 3000;) {
                n += source.transferTo(n, 3000 - n, channel);
            }
        }
        assertThat(readFully(3000)).isEqualTo(Bytes.plain(3000));
    }

    @ParameterizedTest
    @MethodSource("io.github.niofastopen.it.contract.ThreadKind#available")
    void closeEndsAReadAndAWriteAtOnceThatWaitForTheFirstAnswer(ThreadKind kind) throws Exception {
        channel.connect(ECHO);
        Background<Integer> reader = Background.run(kind, () -> channel.read(ByteBuffer.allocate(1)));
        Background<Integer> writer = Background.run(kind, () -> {
            while (true) {
                channel.write(ByteBuffer.wrap(Bytes.plain(4_000_000)));
            }
        });
        writer.awaitBlocked();
        channel.close();
        assertThat(writer.failure()).isInstanceOf(ClosedChannelException.class);
        Throwable failure = null;
        try {
            reader.result();
        } catch (IOException e) {
            failure = e;
        }
        assertThat(failure == null || failure instanceof AsynchronousCloseException).isTrue();
    }

    @Test
    void shutdownInputEndsAReadThatWaitsForTheFirstAnswerAtOnce() throws Exception {
        channel.connect(ECHO);
        Background<Integer> reader = Background.run(() -> channel.read(ByteBuffer.allocate(1)));
        channel.write(ByteBuffer.wrap(Arrays.copyOf(flight(300), 10)));
        channel.shutdownInput();
        assertThat(reader.result()).isIn(1, -1);
    }

    @ParameterizedTest
    @MethodSource("io.github.niofastopen.it.contract.ThreadKind#available")
    void shutdownOutputEndsAWriteOfTheSocketThatWaits(ThreadKind kind) throws Exception {
        // given
        channel.connect(ECHO);
        OutputStream out = channel.socket().getOutputStream();
        Background<Void> writer = writing(kind, out);

        // when
        channel.shutdownOutput();

        // then
        assertThat(writer.failure()).isExactlyInstanceOf(IOException.class).hasMessage("Broken pipe");
    }

    @ParameterizedTest
    @MethodSource("io.github.niofastopen.it.contract.ThreadKind#available")
    void shutdownOutputEndsAWriteOfAPlainSocketThatWaits(ThreadKind kind) throws Exception {
        try (Socket socket = new Socket()) {
            // given
            socket.connect(ECHO);
            Background<Void> writer = writing(kind, socket.getOutputStream());

            // when
            socket.shutdownOutput();

            // then
            assertThat(writer.failure()).isExactlyInstanceOf(SocketException.class).hasMessage("Broken pipe");
        }
    }

    @ParameterizedTest
    @MethodSource("io.github.niofastopen.it.contract.ThreadKind#available")
    void aThreadThatIsInterruptedAlreadyClosesTheChannelByWhatItWritesBehindAHello(ThreadKind kind) throws Exception {
        Background<Boolean> work = Background.run(kind, () -> {
            // given
            channel.connect(ECHO);
            channel.write(ByteBuffer.wrap(flight(300)));
            Thread.currentThread().interrupt();

            // when, then
            assertThatThrownBy(() -> channel.write(ByteBuffer.wrap(flight(20)))).isInstanceOf(ClosedByInterruptException.class);
            return Thread.currentThread().isInterrupted();
        });
        assertThat(work.result()).as("still interrupted").isTrue();
        assertThat(channel.isOpen()).isFalse();
    }

    /** More than the path and both sides hold, while nobody reads the echo. */
    private static Background<Void> writing(ThreadKind kind, OutputStream out) throws InterruptedException {
        return Background.<Void>run(kind, () -> {
            out.write(flight(30_000_000));
            return null;
        }).awaitBlocked();
    }

    private boolean timesOut(byte[] flight) throws IOException {
        channel.connect(ECHO);
        channel.socket().setSoTimeout(5);
        channel.socket().getOutputStream().write(flight);
        try {
            channel.socket().getInputStream().read();
            return false;
        } catch (SocketTimeoutException e) {
            return true;
        }
    }

    private byte[] readFully(int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
            // more
        }
        assertThat(buffer.position()).as("bytes read").isEqualTo(length);
        return buffer.array();
    }

    /** A virtual thread's write may take a part. */
    private int writeFully(ByteBuffer buffer) throws IOException {
        int n = 0;
        while (buffer.hasRemaining()) {
            n += channel.write(buffer);
        }
        return n;
    }

    private static byte[] flight(int length) {
        int hello = Math.min(length, 16_389);
        return Bytes.concat(Bytes.clientHello(hello), Bytes.plain(length - hello));
    }
}
