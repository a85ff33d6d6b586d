// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.attempt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.niofastopen.attempt.FakeTcpSocket.Call;
import io.github.niofastopen.attempt.HalfClose.Direction;
import io.github.niofastopen.destinations.Verdict;
import io.github.niofastopen.linux.Errno;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.IllegalBlockingModeException;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What leaves in the SYN, what is left to the JDK, and who waits, until the peer has been heard from. */
@Timeout(60)
class FirstExchangeTest extends AttemptFixture {
    private static final long NONE = FirstExchange.NO_DEADLINE;

    private int jdkReads;
    private int jdkWrites;

    /** The JDK asks for the descriptor when it waits in a read, which isn't to be taken for a write. */
    @Test
    void whetherAThreadIsInAReadIsToldOfItAlone() throws IOException {
        Attempt attempt = sent();
        socket.answering(ACCEPTED);
        boolean[] inside = new boolean[1];

        attempt.exchange().read(true, NONE, until -> {
            inside[0] = attempt.exchange().isReadHere();
            return 1;
        });

        assertThat(inside[0]).isTrue();
        assertThat(attempt.exchange().isReadHere()).isFalse();
    }

    // -- write

    @Test
    void aClientHelloLeavesInTheSyn() throws IOException {
        Attempt attempt = held();
        ByteBuffer hello = ByteBuffer.wrap(HELLO);

        long written = write(attempt, hello);

        assertThat(written).isEqualTo(HELLO.length);
        assertThat(hello.hasRemaining()).isFalse();
        assertThat(socket.takeSent()).isEqualTo(HELLO);
        assertThat(jdkWrites).isZero();
    }

    @Test
    void anythingElseFollowsASynWithoutDataAndIsTheJdksToWrite() throws IOException {
        Attempt attempt = held();
        endpoint.whileParked = () -> socket.answering(FakeTcpSocket.ESTABLISHED);

        long written = write(attempt, ByteBuffer.wrap(new byte[] {1, 2, 3}));

        assertThat(written).isEqualTo(3);
        assertThat(jdkWrites).isEqualTo(1);
        assertThat(socket.takeSent()).isEmpty();
        assertThat(socket.takeCalls()).contains(Call.SEND_BARE_SYN).doesNotContain(Call.SEND);
    }

    @Test
    void inNonBlockingModeWhatTheSynDoesNotTakeIsLeftToTheApplication() throws IOException {
        endpoint.blocking = false;
        socket.answering(Call.SEND, 5);
        Attempt attempt = held();
        ByteBuffer hello = ByteBuffer.wrap(HELLO);

        long first = write(attempt, hello);
        long second = write(attempt, hello);

        assertThat(first).isEqualTo(5);
        assertThat(second).as("until the peer has answered").isZero();
        assertThat(jdkWrites).isZero();
    }

    @Test
    void inBlockingModeWhatTheSynDoesNotTakeIsKeptAndSentWhenThePeerAnswers() throws IOException {
        // given
        socket.answering(Call.SEND, 5, HELLO.length);
        Attempt attempt = held();

        // when
        long first = write(attempt, ByteBuffer.wrap(HELLO));
        long second = write(attempt, ByteBuffer.wrap(new byte[] {42}));
        byte[] before = socket.takeSent();
        socket.answering(ACCEPTED);
        attempt.poll();

        // then: as the kernel's buffer would have it, in order
        assertThat(first).isEqualTo(HELLO.length);
        assertThat(second).isEqualTo(1);
        assertThat(before).isEqualTo(Arrays.copyOf(HELLO, 5));
        byte[] rest = Arrays.copyOfRange(HELLO, 5, HELLO.length + 1);
        rest[rest.length - 1] = 42;
        assertThat(socket.takeSent()).isEqualTo(rest);
        assertThat(jdkWrites).isZero();
    }

    @Test
    void moreThanARecordIsNotKept() throws IOException {
        Attempt attempt = sent();
        endpoint.whileParked = () -> socket.answering(ACCEPTED);

        write(attempt, ByteBuffer.allocate(FirstFlight.MOST_BYTES));

        assertThat(jdkWrites).isEqualTo(1);
    }

    @Test
    void aWriteWithNothingToWriteIsTheJdks() throws IOException {
        write(held(), ByteBuffer.allocate(0));

        assertThat(jdkWrites).isEqualTo(1);
        assertThat(socket.takeCalls()).isEmpty();
    }

    @Test
    void aWriteAfterAHalfCloseOfTheOutputIsRefused() {
        Attempt attempt = sent();
        attempt.putsOffShutDown(Direction.OUTPUT);

        assertThatThrownBy(() -> write(attempt, ByteBuffer.wrap(HELLO))).isInstanceOf(SocketException.class).hasMessage("shut");
    }

    @Test
    void aWriteThatWaitsEndsWhenTheOutputIsShutDownMeanwhile() {
        Attempt attempt = sent();
        endpoint.whileParked = () -> attempt.putsOffShutDown(Direction.OUTPUT);

        assertThatThrownBy(() -> write(attempt, ByteBuffer.allocate(FirstFlight.MOST_BYTES)))
            .isInstanceOf(SocketException.class).hasMessage("shut meanwhile");
        assertThat(jdkWrites).isZero();
    }

    @Test
    void aWriteOfWhichAPartHasLeftTellsThatPartWhenTheOutputIsShutDownMeanwhile() throws IOException {
        // given
        socket.answering(Call.SEND, 5);
        Attempt attempt = held();
        endpoint.whileParked = () -> attempt.putsOffShutDown(Direction.OUTPUT);
        ByteBuffer hello = ByteBuffer.allocate(FirstFlight.MOST_BYTES + HELLO.length);
        hello.put(0, HELLO);

        // when
        long written = write(attempt, hello);

        // then
        assertThat(written).isEqualTo(5);
        assertThat(jdkWrites).isZero();
    }

    @Test
    void aStreamsWriteOfWhichAPartHasLeftFailsWhenTheOutputIsShutDownMeanwhile() {
        // given
        socket.answering(Call.SEND, 5);
        Attempt attempt = held();
        endpoint.whileParked = () -> attempt.putsOffShutDown(Direction.OUTPUT);
        ByteBuffer hello = ByteBuffer.allocate(FirstFlight.MOST_BYTES + HELLO.length).put(0, HELLO);

        // when, then
        assertThatThrownBy(() -> writeFully(attempt, hello)).isInstanceOf(SocketException.class).hasMessage("shut meanwhile");
        assertThat(jdkWrites).isZero();
    }

    @Test
    void aStreamsWriteOfWhichAPartHasLeftWritesTheRestWhenThePeerHasAnswered() throws IOException {
        // given
        socket.answering(Call.SEND, 5);
        Attempt attempt = held();
        endpoint.whileParked = () -> socket.answering(ACCEPTED);
        ByteBuffer hello = ByteBuffer.allocate(FirstFlight.MOST_BYTES + HELLO.length).put(0, HELLO);

        // when
        writeFully(attempt, hello);

        // then
        assertThat(hello.hasRemaining()).isFalse();
        assertThat(jdkWrites).isEqualTo(1);
    }

    @Test
    void aStreamsWriteThatTheModeKeepsFromBlockingFails() {
        // given
        endpoint.blocking = false;
        socket.answering(Call.SEND, 5);
        Attempt attempt = held();

        // when, then
        assertThatThrownBy(() -> writeFully(attempt, ByteBuffer.wrap(HELLO))).isInstanceOf(IllegalBlockingModeException.class);
    }

    /** When the peer has answered and the writer hasn't woken yet, nothing is put off: the JDK tells that the output was shut before. */
    @Test
    void aWriteThatHasWaitedIsToldOfAShutdownAsOneThatWaits() {
        Attempt attempt = sent();
        endpoint.whileParked = () -> socket.answering(ACCEPTED);

        assertThatThrownBy(() -> attempt.exchange().write(new ByteBuffer[] {ByteBuffer.allocate(FirstFlight.MOST_BYTES)}, 0, 1,
            FirstExchangeTest::refusedAsShut)).isInstanceOf(SocketException.class).hasMessage("shut meanwhile");
    }

    @Test
    void soIsAStreamsWriteOfWhichAPartHasLeft() {
        socket.answering(Call.SEND, 5);
        Attempt attempt = held();
        endpoint.whileParked = () -> socket.answering(ACCEPTED);
        ByteBuffer much = ByteBuffer.wrap(Arrays.copyOf(HELLO, 2 * FirstFlight.MOST_BYTES));

        assertThatThrownBy(() -> attempt.exchange().writeFully(much, FirstExchangeTest::refusedAsShut))
            .isInstanceOf(SocketException.class).hasMessage("shut meanwhile");
    }

    private static long refusedAsShut() throws IOException {
        throw new ClosedChannelException();
    }

    @Test
    void urgentDataThatWaitsEndsWhenTheOutputIsShutDownMeanwhile() {
        Attempt attempt = sent();
        endpoint.whileParked = () -> attempt.putsOffShutDown(Direction.OUTPUT);

        assertThatThrownBy(() -> attempt.exchange().takesUrgentWrite())
            .isInstanceOf(SocketException.class).hasMessage("shut meanwhile");
    }

    @Test
    void aTransferThatWaitsEndsWhenTheOutputIsShutDownMeanwhile() {
        Attempt attempt = sent();
        endpoint.whileParked = () -> attempt.putsOffShutDown(Direction.OUTPUT);

        assertThatThrownBy(() -> attempt.exchange().awaitPeerOfTransfer())
            .isInstanceOf(SocketException.class).hasMessage("shut meanwhile");
    }

    @Test
    void oncePeerAndFirstBytesAreKnownTheSocketIsTheJdksAlone() throws IOException {
        Attempt attempt = sent();
        socket.answering(ACCEPTED);

        write(attempt, ByteBuffer.wrap(new byte[] {9}));

        assertThat(endpoint.dropped).isTrue();
        assertThat(attempt.phase()).isEqualTo(Phase.CLOSED);
    }

    @Test
    void theFirstWriteOfAWatchedConnectionTellsWhatItBeginsWith() throws IOException {
        properties.setProperty("niofastopen.tlsPorts", "8443");
        Attempt attempt = new Attempt(attempts(), endpoint, socket, REMOTE, Verdict.WATCH);
        attempt.endConnect(true);

        write(attempt, ByteBuffer.wrap(HELLO));

        assertThat(attempts().verdict(REMOTE)).isEqualTo(Verdict.TRY);
        assertThat(endpoint.dropped).isTrue();
        assertThat(socket.takeCalls()).isEmpty();
    }

    @Test
    void aClientHelloThatIsWrittenAfterTheWindowIsOneAllTheSame() throws IOException {
        // given
        properties.setProperty("niofastopen.window", "1");
        Attempt attempt = held();
        attempt.openWindow();
        endpoint.whileParked = () -> socket.answering(FakeTcpSocket.ESTABLISHED);
        while (attempt.phase() == Phase.HELD) {
            Thread.onSpinWait();
        }

        // when
        write(attempt, ByteBuffer.wrap(HELLO));

        // then
        assertThat(jdkWrites).isEqualTo(1);
        assertThat(attempts().verdict(REMOTE)).isEqualTo(Verdict.TRY);
    }

    // -- read

    @Test
    void aBlockingReadFirstLetsTheSynGo() throws IOException {
        Attempt attempt = held();
        endpoint.whileParked = () -> socket.answering(FakeTcpSocket.ESTABLISHED);

        long read = read(attempt, NONE);

        assertThat(read).isEqualTo(1);
        assertThat(socket.takeCalls()).contains(Call.SEND_BARE_SYN);
    }

    @Test
    void aNonBlockingReadLetsNothingGo() throws IOException {
        endpoint.blocking = false;
        Attempt attempt = held();

        long read = attempt.exchange().read(true, NONE, until -> 0);

        assertThat(read).isZero();
        assertThat(socket.takeCalls()).isEmpty();
    }

    @Test
    void aNonBlockingReadOfAnUnansweredConnectionReadsNothing() throws IOException {
        endpoint.blocking = false;

        assertThat(read(sent(), NONE)).isZero();
        assertThat(jdkReads).isZero();
    }

    /** While another connection takes the place of this one, the descriptor has none, or an error that is none of the peer's. */
    @Test
    void aNonBlockingReadOfAConnectionThatMayBeReplacedIsNotTheJdksUntilSomethingHasCome() throws IOException {
        // given: a path that isn't proven
        properties.setProperty("niofastopen.hedge", "auto");
        attempts().memory().forgetAll();
        endpoint.blocking = false;
        Attempt attempt = sent();
        socket.answering(ACCEPTED);

        // when
        long before = read(attempt, NONE);
        int jdkReadsBefore = jdkReads;
        socket.answering(ACCEPTED.afterPassing(1 + HELLO.length, true, false));
        long after = read(attempt, NONE);

        // then
        assertThat(before).isZero();
        assertThat(jdkReadsBefore).isZero();
        assertThat(after).isEqualTo(1);
    }

    @Test
    void theWaitForAnotherReaderIsAPartOfTheTimeOfASocketsRead() throws Exception {
        // given: a reader that is in a read of the JDK's
        Attempt attempt = sent();
        socket.answering(ACCEPTED);
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        FutureTask<Long> other = new FutureTask<>(() -> attempt.exchange().read(true, NONE, until -> {
            reading.countDown();
            awaitUninterruptibly(over);
            return 1;
        }));
        new Thread(other).start();
        reading.await();

        // when, then
        assertThatThrownBy(() -> attempt.exchange().readInTime(System.nanoTime() + 1_000_000, until -> 1))
            .isInstanceOf(SocketTimeoutException.class).hasMessage("Read timed out");
        over.countDown();
        assertThat(other.get()).isEqualTo(1);
        assertThat(attempt.exchange().readInTime(System.nanoTime() + 60_000_000_000L, until -> 2)).isEqualTo(2);
    }

    /** The JDK knows one virtual thread that waits for a descriptor to be writable (sun.nio.ch.Poller): a writer, in its own write. */
    @Test
    void aVirtualThreadThatReadsLeavesTheWaitForWritabilityToTheWriter() throws Exception {
        assumeTrue(Runtime.version().feature() >= 21, "this JDK has no virtual threads");
        // given: what follows the ClientHello is kept, and is to be sent before anything can be read
        Attempt attempt = sent();
        write(attempt, ByteBuffer.wrap(new byte[] {42}));
        endpoint.whileParked = () -> socket.answering(ACCEPTED);

        // when
        FutureTask<Long> reader = new FutureTask<>(() -> read(attempt, NONE));
        virtual(reader).start();

        // then
        assertThat(reader.get()).isEqualTo(1);
        assertThat(endpoint.waitsForWritable).hasValue(0);
        assertThat(endpoint.naps.get()).isPositive();
    }

    @Test
    void aVirtualThreadThatWritesWaitsForWritability() throws Exception {
        assumeTrue(Runtime.version().feature() >= 21, "this JDK has no virtual threads");
        Attempt attempt = sent();
        endpoint.whileParked = () -> socket.answering(ACCEPTED);

        FutureTask<Long> writer = new FutureTask<>(() -> write(attempt, ByteBuffer.allocate(FirstFlight.MOST_BYTES)));
        virtual(writer).start();

        assertThat(writer.get()).isEqualTo(FirstFlight.MOST_BYTES);
        assertThat(endpoint.waitsForWritable.get()).isPositive();
        assertThat(endpoint.naps).hasValue(0);
    }

    private static Thread virtual(Runnable work) throws ReflectiveOperationException {
        Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
        return (Thread) Class.forName("java.lang.Thread$Builder").getMethod("unstarted", Runnable.class).invoke(builder, work);
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aReadEndsAtItsDeadline() {
        Attempt attempt = sent();

        assertThatThrownBy(() -> read(attempt, System.nanoTime() + 1_000_000))
            .isInstanceOf(SocketTimeoutException.class).hasMessage("Read timed out");
    }

    @Test
    void whatTheWaitForThePeerHasTakenCountsWhereTheJdksReadDoesNotKnowOfIt() {
        // given: an answer without data
        Attempt attempt = sent();
        endpoint.readsInTime = false;
        endpoint.whileParked = () -> socket.answering(ACCEPTED);

        // when, then
        assertThatThrownBy(() -> read(attempt, System.nanoTime() + 1_000_000))
            .isInstanceOf(SocketTimeoutException.class).hasMessage("Read timed out");
        assertThat(jdkReads).isZero();
    }

    @Test
    void itIsTheJdksToReadWhatHasComeInTime() throws IOException {
        // given: an answer, and data soon after
        Attempt attempt = sent();
        int[] parked = {0};
        endpoint.readsInTime = false;
        endpoint.whileParked = () -> {
            socket.answering(ACCEPTED);
            endpoint.readsInTime = ++parked[0] > 3;
        };

        // when
        long read = read(attempt, System.nanoTime() + 60_000_000_000L);

        // then
        assertThat(read).isEqualTo(1);
        assertThat(parked[0]).isEqualTo(4);
    }

    @Test
    void theAnswerToAConnectIsWaitedForUntilThePeerAnswers() throws IOException {
        // given
        Attempt attempt = begun();
        attempt.arm();
        attempt.ask();
        endpoint.whileParked = () -> socket.answering(ACCEPTED);

        // when
        attempt.exchange().awaitAnswer(NONE);

        // then
        assertThat(attempt.phase()).isEqualTo(Phase.ANSWERED);
    }

    @Test
    void theAnswerToAConnectIsNotWaitedForLongerThanItsDeadline() throws IOException {
        // given
        Attempt attempt = begun();
        attempt.arm();
        attempt.ask();

        // when
        attempt.exchange().awaitAnswer(System.nanoTime() + 1_000_000);

        // then
        assertThat(attempt.phase()).isEqualTo(Phase.ASKED);
    }

    @Test
    void aReadThatBeganInBlockingModeBlocksThoughTheModeIsChangedMeanwhile() throws IOException {
        // given: the mode is changed while the read waits for the peer, whose answer has no data yet
        Attempt attempt = sent();
        int[] parked = {0};
        endpoint.whileParked = () -> {
            endpoint.blocking = false;
            socket.answering(ACCEPTED);
            parked[0]++;
        };

        // when
        long read = attempt.exchange().read(true, NONE, deadline -> parked[0] < 3 ? 0 : 1);

        // then
        assertThat(read).isEqualTo(1);
    }

    @Test
    void aConnectionThatCannotBeHadIsToldAsConnectWouldHave() {
        Attempt attempt = sent();
        socket.answering(FakeTcpSocket.CLOSED).answering(Call.TAKE_ERROR, Errno.ETIMEDOUT.asResult());

        assertThatThrownBy(() -> read(attempt, NONE)).isInstanceOf(ConnectException.class).hasMessageContaining("timed out");
    }

    @Test
    void aReadAfterAHalfCloseOfTheInputIsAtTheEnd() throws IOException {
        Attempt attempt = sent();
        attempt.putsOffShutDown(Direction.INPUT);

        assertThat(read(attempt, NONE)).isEqualTo(-1);
    }

    private long write(Attempt attempt, ByteBuffer... srcs) throws IOException {
        return attempt.exchange().write(srcs, 0, srcs.length, () -> writeOfTheJdk(srcs));
    }

    private void writeFully(Attempt attempt, ByteBuffer src) throws IOException {
        attempt.exchange().writeFully(src, () -> writeOfTheJdk(src));
    }

    private long writeOfTheJdk(ByteBuffer... srcs) {
        jdkWrites++;
        long n = 0;
        for (ByteBuffer src : srcs) {
            n += src.remaining();
            src.position(src.limit());
        }
        return n;
    }

    private long read(Attempt attempt, long deadline) throws IOException {
        return attempt.exchange().read(true, deadline, until -> {
            jdkReads++;
            return 1;
        });
    }
}
