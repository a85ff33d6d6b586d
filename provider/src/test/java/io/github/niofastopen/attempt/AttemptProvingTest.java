// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.niofastopen.attempt.FakeTcpSocket.Call;
import io.github.niofastopen.destinations.FirstBytes;
import io.github.niofastopen.destinations.Verdict;
import io.github.niofastopen.linux.TcpInfo;
import io.github.niofastopen.linux.TcpInfo.ClientFail;
import io.github.niofastopen.outcome.Outcome;
import io.github.niofastopen.outcome.Report;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is learned of a path that isn't proven, by the connection that meets it and by those that follow. */
@Timeout(60)
class AttemptProvingTest extends AttemptFixture {
    private static final InetSocketAddress ANOTHER_PORT = new InetSocketAddress(REMOTE.getAddress(), 8443);
    private static final TcpInfo TAKEN = ACCEPTED.afterPassing(1 + HELLO.length, false, false);
    private static final TcpInfo HEARD = ACCEPTED.afterPassing(1 + HELLO.length, true, false);
    private static final TcpInfo THROUGH = ACCEPTED.afterPassing(1 + HELLO.length + 200, true, false);
    private static final TcpInfo RESET = FakeTcpSocket.CLOSED.afterPassing(1 + HELLO.length, false, false);
    private static final TcpInfo ORDINARY = FakeTcpSocket.ESTABLISHED;

    private final List<String> jdk = new ArrayList<>();

    @BeforeEach
    void nothingIsProven() {
        properties.setProperty("niofastopen.hedge", "auto");
        attempts().memory().forgetAll();
    }

    // -- proven

    @Test
    void aConnectionThatComesThroughProvesThePathAndTheNextIsNotLookedAt() throws IOException {
        Attempt first = accepted();
        read(first, HEARD);
        write(first);
        read(first, THROUGH);
        write(first);
        boolean firstIsTheJdks = endpoint.dropped;
        endpoint.dropped = false;

        Attempt second = accepted();
        second.poll();
        socket.takeCalls();
        write(second);

        assertThat(firstIsTheJdks).isTrue();
        assertThat(attempts().memory().isProven(local(), REMOTE.getAddress())).isTrue();
        assertThat(endpoint.dropped).as("the second is the JDK's at once").isTrue();
        assertThat(socket.takeCalls()).isEmpty();
        assertThat(reports).extracting(Report::outcome).containsExactly(Outcome.ACCEPTED, Outcome.ACCEPTED);
    }

    /** A bound connection leaves by its own address, whatever route others take. */
    @Test
    void aPathFromAnotherLocalAddressIsNotProvenByIt() {
        attempts().memory().prove(local(), REMOTE);
        endpoint.stored = new InetSocketAddress("198.51.100.7", 40_000);

        Attempt attempt = accepted();
        attempt.poll();

        assertThat(attempt.phase()).isEqualTo(Phase.UNPROVEN);
    }

    /** One that is bound to a port alone: the JDK has stored the wildcard address. */
    @Test
    void whereTheJdkHasStoredTheWildcardAddressTheDescriptorTellsFromWhereAConnectionIs() {
        attempts().memory().prove(local(), REMOTE);
        endpoint.stored = new InetSocketAddress(40_000);
        endpoint.ofDescriptor = new InetSocketAddress("198.51.100.7", 40_000);

        Attempt attempt = accepted();
        attempt.poll();

        assertThat(attempt.phase()).isEqualTo(Phase.UNPROVEN);
    }

    @Test
    void anAnswerAloneIsNoProofButIsToldAtTheEnd() throws IOException {
        Attempt attempt = accepted();
        read(attempt, HEARD);
        List<Report> before = List.copyOf(reports);

        attempt.close();

        assertThat(before).isEmpty();
        assertThat(reports).extracting(Report::outcome).containsExactly(Outcome.ACCEPTED);
        assertThat(reports.get(0).acceptedBytes()).isEqualTo(HELLO.length);
        assertThat(attempts().memory().isProven(local(), REMOTE.getAddress())).isFalse();
        assertThat(attempts().verdict(REMOTE)).isEqualTo(Verdict.TRY);
    }

    // -- lost for certain

    @Test
    void aPathThatLosesWhatFollowsTheSynIsBlamedAtOnce() throws IOException {
        Attempt attempt = accepted();
        read(attempt, HEARD);
        write(attempt);
        socket.answering(afterResending(Watch.CERTAINLY_LOST));

        attempt.close();

        assertThat(reports).extracting(Report::outcome).containsExactly(Outcome.LOST);
        assertThat(attempts().verdict(REMOTE)).isEqualTo(Verdict.AVOID);
        assertThat(attempts().verdict(ANOTHER_PORT)).as("it is the path's fault").isEqualTo(Verdict.AVOID);
    }

    // -- silence and resets before the first byte

    @Test
    void aReaderOfASilentConnectionGetsTheAnswerToAnOrdinaryOne() throws IOException {
        // given: a peer that takes the ClientHello of a SYN, and answers only the one that comes after a handshake
        Attempt attempt = accepted();
        socket.answeringOnceConnected(FakeTcpSocket.SYN_SENT);
        endpoint.whileParked = () -> {
            if (attempt.phase() == Phase.RECONNECTING) {
                socket.answering(ORDINARY);
            } else if (attempt.phase() == Phase.COMPARED) {
                socket.answering(ORDINARY.afterPassing(1 + HELLO.length, true, false));
            }
            LockSupport.parkNanos(1_000_000);
        };

        // when
        long read = read(attempt);

        // then
        assertThat(read).isEqualTo(1);
        assertThat(socket.takeSent()).isEqualTo(HELLO);
        // Perhaps by the thread that looks for an answer beside this one.
        await(() -> !reports.isEmpty());
        assertThat(reports).extracting(Report::outcome).containsExactly(Outcome.UNANSWERED);
        assertThat(reports.get(0).acceptedBytes()).isZero();
        assertThat(attempts().verdict(REMOTE)).isEqualTo(Verdict.AVOID);
        assertThat(attempts().verdict(ANOTHER_PORT)).isEqualTo(Verdict.AVOID);
        assertThat(secondsAvoided()).as("it may be chance").isLessThanOrEqualTo(60);
    }

    @Test
    void theTimerBringsAnOrdinaryOneWhereNobodyReads() {
        Attempt attempt = accepted();
        socket.answeringOnceConnected(FakeTcpSocket.SYN_SENT);
        attempt.poll();

        await(() -> attempt.phase() == Phase.RECONNECTING);

        socket.answering(ORDINARY);
        await(() -> attempt.phase() == Phase.COMPARED);
        assertThat(socket.takeSent()).isEqualTo(HELLO);
    }

    /** What precedes the part that has come is sent again by the server, in its time. */
    @Test
    void whereAPartOfTheAnswerHasComeTheRestHasAsMuchTimeAgain() {
        Attempt attempt = accepted();
        socket.answering(TAKEN.afterGap()).answeringOnceConnected(FakeTcpSocket.SYN_SENT);
        attempt.poll();
        long from = System.nanoTime();

        await(() -> attempt.phase() == Phase.RECONNECTING);

        assertThat(System.nanoTime() - from).as("half a second, twice").isGreaterThan(990_000_000);
    }

    /** A pool closes it long after: what is known of the path by then is newer. */
    @Test
    void whatAConnectionHasProvenIsToldOnce() throws IOException {
        Attempt attempt = accepted();
        read(attempt, HEARD);
        write(attempt);
        read(attempt, THROUGH);
        attempts().memory().forgetAll();

        attempt.close();

        assertThat(attempts().memory().isProven(local(), REMOTE.getAddress())).isFalse();
    }

    @Test
    void threeDestinationsThatLoseTheirSynsAreTheNetworksFaultProvenOrNot() {
        InetAddress[] remotes = {REMOTE.getAddress(), address(8), address(9)};
        for (InetAddress remote : remotes) {
            attempts().memory().prove(local(), new InetSocketAddress(remote, 443));
        }

        for (InetAddress remote : remotes) {
            attempts().memory().learnLostSyn(AttemptFixture::local, new InetSocketAddress(remote, 443), Outcome.HEDGED, 0,
                System.nanoTime(), false);
        }

        assertThat(attempts().verdict(new InetSocketAddress("192.0.2.99", 443))).isEqualTo(Verdict.AVOID);
    }

    @Test
    void fromAPortThatTheApplicationHasChosenSilenceIsNothingToActOn() {
        endpoint.portChosen = true;
        Attempt attempt = accepted();

        attempt.poll();

        assertThat(attempt.phase()).isEqualTo(Phase.UNPROVEN);
        assertThat(attempt.waitNanos()).isEqualTo(100_000_000);
    }

    @Test
    void aResetBeforeTheFirstByteIsNotSeen() throws IOException {
        endpoint.blocking = false;
        Attempt attempt = accepted();
        attempt.poll();

        socket.answeringOnceConnected(ORDINARY);
        long read = read(attempt, RESET);
        await(() -> attempt.poll() == Phase.COMPARED);
        long then = read(attempt, ORDINARY.afterPassing(1 + HELLO.length, true, false));

        assertThat(read).isZero();
        assertThat(then).isEqualTo(1);
        assertThat(jdk).as("a reset that the JDK reads would be the end").containsExactly("read");
        assertThat(reports).extracting(Report::outcome).containsExactly(Outcome.UNANSWERED);
        assertThat(secondsAvoided()).as("no chance").isGreaterThan(60);
    }

    @Test
    void aServerThatResetsBothIsBlamedForItAlone() {
        Attempt attempt = accepted();
        attempt.poll();
        socket.answeringOnceConnected(ORDINARY).answering(RESET);
        await(() -> attempt.poll() == Phase.COMPARED);
        socket.answering(RESET);

        Phase phase = attempt.poll();

        assertThat(phase).as("the JDK finds it").isEqualTo(Phase.ESTABLISHED);
        assertThat(reports).extracting(Report::outcome).containsExactly(Outcome.UNANSWERED_TWICE);
        assertThat(attempts().verdict(REMOTE)).isEqualTo(Verdict.TRY);
        assertThat(attempts().memory().isAcquitted(REMOTE)).as("and the next is the only one").isTrue();
    }

    @Test
    void whatIsWrittenAfterTheHelloIsNotWrittenAgain() throws IOException {
        // The write is the first to see that the SYN was answered.
        Attempt attempt = accepted();

        write(attempt);
        socket.answering(RESET);
        attempt.poll();

        assertThat(attempt.phase()).isEqualTo(Phase.ESTABLISHED);
        assertThat(socket.takeCalls()).doesNotContain(Call.DISCONNECT);
    }

    @Test
    void aHalfCloseIsOneOfTheConnectionThatThereIs() {
        Attempt attempt = accepted();

        boolean putOff = attempt.putsOffShutDown(HalfClose.Direction.OUTPUT);
        socket.answering(RESET);
        attempt.poll();

        assertThat(putOff).isFalse();
        assertThat(attempt.phase()).isEqualTo(Phase.ESTABLISHED);
    }

    @Test
    void soIsOneThatWasPutOffUntilTheSynIsAnswered() {
        socket.answering(FakeTcpSocket.SYN_SENT);
        Attempt attempt = sent();

        boolean putOff = attempt.putsOffShutDown(HalfClose.Direction.OUTPUT);
        socket.answering(TAKEN);
        await(() -> endpoint.shutDown.contains(HalfClose.Direction.OUTPUT));
        socket.answering(RESET);
        attempt.poll();

        assertThat(putOff).isTrue();
        assertThat(attempt.phase()).isEqualTo(Phase.ESTABLISHED);
    }

    @Test
    void urgentDataIsSentOnceToo() throws IOException {
        Attempt attempt = accepted();

        boolean takes = attempt.exchange().takesUrgentWrite();

        assertThat(takes).isTrue();
        assertThat(attempt.phase()).isEqualTo(Phase.ESTABLISHED);
    }

    @Test
    void aFileIsTransferredOnceToo() throws IOException {
        Attempt attempt = accepted();

        attempt.exchange().awaitPeerOfTransfer();

        assertThat(attempt.phase()).isEqualTo(Phase.ESTABLISHED);
    }

    // -- what may have been lost

    @Test
    void afterOneThatMayHaveBeenLostAnOrdinaryOneThatComesFurtherTellsThatItWas() throws IOException {
        suspect();
        Verdict meanwhile = attempts().begin(REMOTE, null);
        boolean learns = attempts().learnsFrom(REMOTE, meanwhile);

        Attempt ordinary = ordinary();
        write(ordinary);
        read(ordinary, ORDINARY.afterPassing(1 + HELLO.length, true, false));

        assertThat(meanwhile).isEqualTo(Verdict.AVOID);
        assertThat(learns).isTrue();
        assertThat(attempts().memory().suspicion(REMOTE)).isNull();
        assertThat(attempts().verdict(REMOTE)).isEqualTo(Verdict.AVOID);
        assertThat(attempts().verdict(ANOTHER_PORT)).as("the path is to blame").isEqualTo(Verdict.AVOID);
        write(ordinary);
        assertThat(endpoint.dropped).isTrue();
    }

    @Test
    void oneThatIsAsSilentTellsThatTheServerIsSlow() throws IOException {
        suspect();

        Attempt ordinary = ordinary();
        write(ordinary);
        socket.answering(ORDINARY);
        waitForDoubt();
        ordinary.close();

        assertThat(attempts().verdict(REMOTE)).isEqualTo(Verdict.TRY);
        assertThat(attempts().memory().isAcquitted(REMOTE)).isTrue();
    }

    @Test
    void oneThatIsGivenUpAtOnceTellsNothing() throws IOException {
        suspect();

        Attempt ordinary = ordinary();
        write(ordinary);
        socket.answering(ORDINARY);
        ordinary.close();

        assertThat(attempts().memory().suspicion(REMOTE)).isNotNull();
    }

    @Test
    void afterAResetThatFollowsTheFirstAnswerOneThatComesThroughTells() throws IOException {
        // given
        Attempt attempt = accepted();
        read(attempt, HEARD);
        socket.answering(RESET.afterPassing(1 + HELLO.length, true, false));
        attempt.close();

        // when
        Attempt ordinary = ordinary();
        write(ordinary);
        read(ordinary, ORDINARY.afterPassing(1 + HELLO.length, true, false));
        boolean afterTheFirstAnswer = attempts().memory().suspicion(REMOTE) != null;
        write(ordinary);
        read(ordinary, ORDINARY.afterPassing(1 + HELLO.length + 200, true, false));

        // then
        assertThat(afterTheFirstAnswer).isTrue();
        assertThat(attempts().verdict(ANOTHER_PORT)).isEqualTo(Verdict.AVOID);
    }

    /** NioSocketImpl has given the descriptor back: its number may be another connection's by now. */
    @Test
    void ofASocketThatTheJdkHasClosedWhenItsConnectFailedNothingIsAsked() throws IOException {
        doubt();
        Attempt ordinary = ordinary();
        socket.takeCalls();

        ordinary.abandon();
        ordinary.close();

        assertThat(socket.takeCalls()).isEmpty();
        assertThat(ordinary.phase()).isEqualTo(Phase.CLOSED);
        assertThat(attempts().verdict(REMOTE)).as("it tells nothing").isEqualTo(Verdict.AVOID);
    }

    // -- what may have been chance

    @Test
    void anOrdinaryOneThatLosesSomethingTooTellsThatThePathLosesByChance() throws IOException {
        doubt();
        Verdict meanwhile = attempts().begin(REMOTE, null);
        boolean learns = attempts().learnsFrom(REMOTE, meanwhile);

        Attempt ordinary = ordinary();
        write(ordinary);
        read(ordinary, TcpInfo.of(1, false, ClientFail.UNSPECIFIED, 1, FakeTcpSocket.RTT_MICROS)
            .afterPassing(1 + HELLO.length, true, false));

        assertThat(meanwhile).isEqualTo(Verdict.AVOID);
        assertThat(learns).isTrue();
        assertThat(attempts().verdict(REMOTE)).isEqualTo(Verdict.TRY);
        write(ordinary);
        assertThat(endpoint.dropped).isTrue();
    }

    @Test
    void soDoesAGapInWhatItReceives() throws IOException {
        doubt();

        Attempt ordinary = ordinary();
        write(ordinary);
        read(ordinary, ORDINARY.afterPassing(1 + HELLO.length, true, false).afterGap());

        assertThat(attempts().verdict(REMOTE)).isEqualTo(Verdict.TRY);
    }

    @Test
    void oneThatComesThroughUnharmedTellsNothing() throws IOException {
        doubt();

        Attempt ordinary = ordinary();
        write(ordinary);
        read(ordinary, ORDINARY.afterPassing(1 + HELLO.length, true, false));
        write(ordinary);
        read(ordinary, ORDINARY.afterPassing(1 + HELLO.length + 200, true, false));
        ordinary.close();

        assertThat(attempts().verdict(REMOTE)).isEqualTo(Verdict.AVOID);
        assertThat(secondsAvoided()).isBetween(1L, 60L);
    }

    /** A second doubt, after the first has ended, isn't this connection's to end. */
    @Test
    void whatItLostIsToldOnce() throws IOException {
        doubt();
        Attempt ordinary = ordinary();
        write(ordinary);
        read(ordinary, ORDINARY.afterPassing(1 + HELLO.length, true, false).afterGap());
        attempts().memory().forgetAll();
        doubt();

        ordinary.close();

        assertThat(attempts().verdict(REMOTE)).isEqualTo(Verdict.AVOID);
    }

    @Test
    void anApplicationThatGivesUpAtOnceSuspectsNobody() {
        Attempt attempt = accepted();
        attempt.poll();

        attempt.close();

        assertThat(attempts().memory().suspicion(REMOTE)).isNull();
    }

    // -- prices

    @Test
    void threeInARowWhoseDataIsNotTakenAndLostOnceMorePauseTheDestination() throws IOException {
        List<Verdict> verdicts = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            verdicts.add(attempts().verdict(REMOTE));
            Attempt attempt = untaken();
            read(attempt, notTaken(2).afterPassing(1 + HELLO.length, true, false));
            attempt.close();
        }

        assertThat(verdicts).containsOnly(Verdict.TRY);
        assertThat(reports).extracting(Report::outcome).containsOnly(Outcome.DATA_NOT_ACKNOWLEDGED).hasSize(3);
        assertThat(attempts().verdict(REMOTE)).isEqualTo(Verdict.AVOID);
        assertThat(attempts().verdict(ANOTHER_PORT)).isEqualTo(Verdict.TRY);
    }

    @Test
    void dataThatIsNotTakenWithoutAPricePausesNothing() throws IOException {
        for (int i = 0; i < 5; i++) {
            Attempt attempt = untaken();
            read(attempt, notTaken(1).afterPassing(1 + HELLO.length, true, false));
            attempt.close();
        }

        assertThat(reports).extracting(Report::outcome).containsOnly(Outcome.DATA_NOT_ACKNOWLEDGED).hasSize(5);
        assertThat(attempts().verdict(REMOTE)).isEqualTo(Verdict.TRY);
    }

    @Test
    void aNetworkThatLosesOrdinarySynsTooIsNotToBlame() {
        for (int i = 1; i <= 4; i++) {
            InetSocketAddress remote = new InetSocketAddress("192.0.2." + i, 443);
            socket.answering(FakeTcpSocket.SYN_SENT);
            Attempt attempt = new Attempt(attempts(), endpoint, socket, remote, Verdict.TRY);
            attempt.arm();
            attempt.heldUnlessAnswered();
            attempt.sendFirstFlight(HELLO);
            socket.answeringOnceConnected(TcpInfo.of(1, false, ClientFail.UNSPECIFIED, 1, FakeTcpSocket.RTT_MICROS));
            socket.answering(FakeTcpSocket.CLOSED);
            attempt.poll();
            attempt.poll();
        }
        await(() -> reports.size() == 4);

        assertThat(reports).extracting(Report::outcome).containsOnly(Outcome.RESET).hasSize(4);
        assertThat(attempts().verdict(REMOTE)).isEqualTo(Verdict.AVOID);
        assertThat(attempts().verdict(new InetSocketAddress("192.0.2.9", 443))).isEqualTo(Verdict.TRY);
    }

    /** What a lost SYN costs is bounded by the hedge; what it says of the path depends on what is known of it. */
    @Test
    void onAPathThatHasBorneFastOpenTheFirstLostSynIsChance() {
        properties.setProperty("niofastopen.hedge", "10");
        attempts().memory().prove(local(), REMOTE);

        hedged(1);

        assertThat(attempts().verdict(REMOTE)).isEqualTo(Verdict.TRY);
        assertThat(attempts().memory().isProven(local(), REMOTE.getAddress())).as("so that the next is looked at").isFalse();
    }

    @Test
    void theSecondInARowPausesItForAMinute() {
        properties.setProperty("niofastopen.hedge", "10");
        attempts().memory().prove(local(), REMOTE);

        hedged(2);

        assertThat(attempts().verdict(REMOTE)).isEqualTo(Verdict.AVOID);
        assertThat(secondsAvoided()).isLessThanOrEqualTo(60);
    }

    @Test
    void aPathOfWhichNothingIsKnownIsBlamedForTheFirst() {
        properties.setProperty("niofastopen.hedge", "10");

        hedged(1);

        assertThat(attempts().verdict(REMOTE)).isEqualTo(Verdict.AVOID);
        assertThat(secondsAvoided()).isGreaterThan(60);
    }

    // -- helpers

    /** Some in a row whose SYN is lost where that of the ordinary connection in its place isn't. */
    private void hedged(int times) {
        for (int i = 1; i <= times; i++) {
            int told = i;
            socket.answering(FakeTcpSocket.SYN_SENT);
            Attempt attempt = sent();
            socket.answeringOnceConnected(TcpInfo.of(1, false, ClientFail.UNSPECIFIED, 0, 100));
            await(() -> attempt.poll() == Phase.ESTABLISHED);
            await(() -> reports.size() == told);
        }
        assertThat(reports).extracting(Report::outcome).containsOnly(Outcome.HEDGED);
    }

    /** One whose SYN's data wasn't taken: the kernel has sent it again at once. */
    private Attempt untaken() {
        socket.answering(FakeTcpSocket.SYN_SENT);
        Attempt attempt = sent();
        socket.answering(notTaken(1));
        attempt.poll();
        return attempt;
    }

    private static TcpInfo notTaken(int resent) {
        return TcpInfo.of(1, false, ClientFail.DATA_NOT_ACKED, resent, FakeTcpSocket.RTT_MICROS);
    }

    /** One whose SYN's data was taken. */
    private Attempt accepted() {
        socket.answering(FakeTcpSocket.SYN_SENT);
        Attempt attempt = sent();
        socket.answering(TAKEN);
        return attempt;
    }

    /** The application's time for the connection was kept by the first answer. */
    @Test
    void theTimeOfConnectDoesNotEndAConnectionInThePlaceOfOneThatWasAnswered() {
        Attempt attempt = held();
        attempt.endAfter(20);
        attempt.sendFirstFlight(HELLO);
        socket.answering(TAKEN);
        Phase answered = attempt.poll();
        long from = System.nanoTime();
        await(() -> System.nanoTime() - from > 30_000_000);
        socket.answering(RESET).answeringOnceConnected(FakeTcpSocket.SYN_SENT);

        Phase replaced = attempt.poll();

        assertThat(answered).isEqualTo(Phase.UNPROVEN);
        assertThat(replaced).isEqualTo(Phase.RECONNECTING);
        assertThat(attempt.poll()).isEqualTo(Phase.RECONNECTING);
    }

    /** An ordinary connection to a destination under suspicion. */
    private Attempt ordinary() {
        Attempt attempt = new Attempt(attempts(), endpoint, socket, REMOTE, Verdict.AVOID);
        attempt.began(FirstBytes.CLIENT_HELLO);
        attempt.endConnect(true);
        return attempt;
    }

    private static InetAddress address(int last) {
        return new InetSocketAddress("192.0.2." + last, 443).getAddress();
    }

    private long secondsAvoided() {
        return attempts().memory().avoided().get(0).seconds();
    }

    private void suspect() {
        Attempt attempt = accepted();
        attempt.poll();
        waitForDoubt();
        attempt.close();
        assertThat(attempts().memory().suspicion(REMOTE)).isNotNull();
    }

    private void doubt() {
        attempts().memory().learnSilence(AttemptFixture::local, REMOTE, Outcome.UNANSWERED, 0, System.nanoTime(), false);
        assertThat(attempts().verdict(REMOTE)).isEqualTo(Verdict.AVOID);
    }

    private static void waitForDoubt() {
        long from = System.nanoTime();
        await(() -> System.nanoTime() - from > 201_000_000);
    }

    private void write(Attempt attempt) throws IOException {
        attempt.exchange().write(new ByteBuffer[] {ByteBuffer.allocate(9)}, 0, 1, () -> {
            jdk.add("write");
            return 9;
        });
    }

    private long read(Attempt attempt, TcpInfo info) throws IOException {
        socket.answering(info);
        return read(attempt);
    }

    private long read(Attempt attempt) throws IOException {
        return attempt.exchange().read(true, FirstExchange.NO_DEADLINE, until -> {
            jdk.add("read");
            return 1;
        });
    }

    private static TcpInfo afterResending(int times) {
        return TcpInfo.of(1, true, ClientFail.UNSPECIFIED, times, FakeTcpSocket.RTT_MICROS)
            .afterPassing(1 + HELLO.length, true, true);
    }

    private static void await(BooleanSupplier event) {
        while (!event.getAsBoolean()) {
            LockSupport.parkNanos(100_000);
            assertThat(Thread.currentThread().isInterrupted()).as("the test's time is over").isFalse();
        }
    }
}
