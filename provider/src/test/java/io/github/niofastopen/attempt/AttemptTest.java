// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.niofastopen.attempt.FakeTcpSocket.Call;
import io.github.niofastopen.destinations.FirstBytes;
import io.github.niofastopen.destinations.PathMemory;
import io.github.niofastopen.destinations.Verdict;
import io.github.niofastopen.linux.Errno;
import io.github.niofastopen.linux.TcpInfo;
import io.github.niofastopen.linux.TcpInfo.ClientFail;
import io.github.niofastopen.outcome.Outcome;
import io.github.niofastopen.outcome.Report;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an attempt comes to, how that is told and learned, and the times that it keeps. */
@Timeout(60)
class AttemptTest extends AttemptFixture {
    private static final int POLLS = 10;

    // -- one outcome each

    @Test
    void anAcceptedFirstFlightIsToldOnceWithItsBytes() {
        Attempt attempt = sent();
        socket.answering(ACCEPTED);

        for (int i = 0; i < POLLS; i++) {
            attempt.poll();
        }
        attempt.close();

        assertThat(reports).extracting(Report::outcome).containsExactly(Outcome.ACCEPTED);
        assertThat(reports.get(0).offeredBytes()).isEqualTo(HELLO.length);
        assertThat(reports.get(0).acceptedBytes()).isEqualTo(HELLO.length);
        assertThat(reports.get(0).rttMicros()).isEqualTo(FakeTcpSocket.RTT_MICROS);
    }

    @ParameterizedTest
    @EnumSource(names = {"EOPNOTSUPP", "ENOPROTOOPT", "EPERM"})
    void aKernelThatRefusesTheOptionIsAnOutcomeToo(Errno refusal) {
        socket.answering(Call.SET_OPTION, refusal.asResult());
        Attempt attempt = begun();

        attempt.arm();
        attempt.endConnect(true);
        attempt.close();

        assertThat(reports).extracting(Report::outcome).containsExactly(Outcome.UNSUPPORTED);
        assertThat(attempts().isRefused()).as("for this process").isEqualTo(refusal != Errno.EOPNOTSUPP);
    }

    @ParameterizedTest
    @EnumSource(names = {"WATCH", "AVOID", "NOT_GRANTED", "UNSUPPORTED"})
    void aConnectThatIsOnlyWatchedIsToldWhenTheJdkHasAcceptedIt(Verdict verdict) {
        Attempt attempt = new Attempt(attempts(), endpoint, socket, REMOTE, verdict);
        attempt.arm();
        List<Report> before = List.copyOf(reports);

        attempt.endConnect(true);
        attempt.close();

        assertThat(before).isEmpty();
        assertThat(reports).extracting(Report::outcome).containsExactly(verdict.outcome());
        assertThat(socket.takeCalls()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"WATCH", "TRY"})
    void aConnectThatTheJdkRefusesHasNoOutcome(Verdict verdict) {
        Attempt attempt = new Attempt(attempts(), endpoint, socket, REMOTE, verdict);
        attempt.arm();

        attempt.endConnect(false);

        assertThat(reports).isEmpty();
        assertThat(attempt.phase()).isEqualTo(Phase.WATCHED);
        assertThat(socket.takeCalls()).isEqualTo(verdict == Verdict.TRY ? List.of(Call.IS_MULTIPATH, Call.SET_OPTION, Call.CLEAR_OPTION) : List.of());
    }

    @Test
    void aServerThatNeedsNoCookieIsSentOneNeitherNorAskedForOne() {
        properties.setProperty("niofastopen.noCookie", REMOTE.getAddress().getHostAddress());

        begun().arm();

        assertThat(socket.takeCalls()).containsExactly(Call.IS_MULTIPATH, Call.SET_OPTION, Call.SET_NO_COOKIE);
    }

    @Test
    void aServerThatWantsACookieAllTheSameIsAskedForOneFromThenOn() {
        // given
        properties.setProperty("niofastopen.noCookie", ":" + REMOTE.getPort());
        Attempt attempt = sent();
        socket.answering(TcpInfo.of(1, false, ClientFail.DATA_NOT_ACKED, 0, FakeTcpSocket.RTT_MICROS));
        attempt.poll();
        attempt.close();

        // when
        begun().arm();

        // then
        assertThat(reports).extracting(Report::outcome).containsExactly(Outcome.DATA_NOT_ACKNOWLEDGED);
        assertThat(socket.takeCalls()).endsWith(Call.SET_OPTION);
    }

    @Test
    void aKernelThatKnowsNoSynWithoutACookieAsksForOne() {
        // given
        properties.setProperty("niofastopen.noCookie", ":" + REMOTE.getPort());
        socket.answering(Call.SET_NO_COOKIE, Errno.ENOPROTOOPT.asResult());

        // when
        Attempt attempt = sent();
        socket.answering(TcpInfo.of(1, false, ClientFail.DATA_NOT_ACKED, 0, FakeTcpSocket.RTT_MICROS));
        attempt.poll();
        attempt.close();
        begun().arm();

        // then: what a server with another key does says nothing of servers that need none
        assertThat(attempts().isRefused()).isFalse();
        assertThat(socket.takeCalls()).endsWith(Call.SET_OPTION, Call.SET_NO_COOKIE);
    }

    @Test
    void aSocketOfMultipathTcpIsLeftAlone() {
        socket.answering(Call.IS_MULTIPATH, 1);
        Attempt attempt = begun();

        attempt.arm();
        attempt.endConnect(true);

        assertThat(reports).extracting(Report::outcome).containsExactly(Outcome.UNSUPPORTED);
        assertThat(attempts().verdict(REMOTE)).isEqualTo(Verdict.UNSUPPORTED);
        assertThat(socket.takeCalls()).containsExactly(Call.IS_MULTIPATH);
    }

    @Test
    void whereTheKernelTellsNothingOfAConnectionNoOtherIsTried() {
        // given
        Attempt attempt = begun();
        attempt.arm();
        socket.answering(new TcpInfo(Errno.EPERM.asResult()));

        // when
        attempt.heldUnlessAnswered();
        attempt.poll();

        // then
        assertThat(reports).extracting(Report::outcome).containsExactly(Outcome.UNSUPPORTED);
        assertThat(attempts().isRefused()).isTrue();
    }

    @Test
    void aConnectionThatWasDisconnectedBeforeItsSynLeftSaysNothingOfOthers() {
        // given
        Attempt attempt = begun();
        attempt.arm();
        socket.answering(FakeTcpSocket.CLOSED);

        // when
        attempt.heldUnlessAnswered();
        attempt.endConnect(true);
        attempt.poll();
        attempt.close();

        // then
        assertThat(reports).extracting(Report::outcome).containsExactly(Outcome.NOT_CONNECTED);
        assertThat(attempts().isRefused()).isFalse();
        assertThat(attempts().verdict(REMOTE)).isEqualTo(Verdict.TRY);
    }

    @Test
    void aSocketThatWasClosedBeforeItWasArmedIsAskedNothing() {
        Attempt attempt = begun();
        attempt.close();

        attempt.arm();
        boolean asked = attempt.ask();
        attempt.heldUnlessAnswered();
        attempt.openWindow();
        attempt.poll();

        assertThat(asked).isFalse();
        assertThat(socket.takeCalls()).doesNotContain(Call.SET_OPTION, Call.CONNECT, Call.INFO);
    }

    @Test
    void theProtocolIsAskedForOnce() {
        begun().arm();
        socket.takeCalls();

        begun().arm();

        assertThat(socket.takeCalls()).containsExactly(Call.SET_OPTION);
    }

    // -- the application's time

    @Test
    void theTimeThatConnectIsGivenEndsAConnectionWhosePeerIsSilent() {
        Attempt attempt = held();
        attempt.endAfter(1);
        attempt.sendFirstFlight(HELLO);

        await(() -> attempt.poll() == Phase.FAILED);

        assertThat(attempt.failure()).isInstanceOf(SocketTimeoutException.class).hasMessage("Connect timed out");
        assertThat(attempts().verdict(REMOTE)).isEqualTo(Verdict.AVOID);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "off"})
    void itEndsOneThatNobodyAsksFor(String hedge) {
        properties.setProperty("niofastopen.hedge", hedge);
        Attempt attempt = held();
        attempt.endAfter(20);
        attempt.sendFirstFlight(HELLO);

        await(() -> attempt.phase() == Phase.FAILED);

        assertThat(attempt.failure()).isInstanceOf(SocketTimeoutException.class);
    }

    @Test
    void itCountsFromTheSynHoweverLongThatWasHeldBack() {
        Attempt attempt = held();
        attempt.endAfter(200);
        long from = System.nanoTime();
        await(() -> System.nanoTime() - from > TimeUnit.MILLISECONDS.toNanos(210));

        attempt.sendFirstFlight(HELLO);
        Phase phase = attempt.poll();

        assertThat(phase).isEqualTo(Phase.SYN_SENT);
    }

    @Test
    void anAttemptThatTriesNothingAsksForNoProtocol() {
        new Attempt(attempts(), endpoint, socket, REMOTE, Verdict.WATCH).arm();

        begun().arm();

        assertThat(socket.takeCalls()).contains(Call.IS_MULTIPATH);
    }

    @Test
    void whereADisconnectIsRefusedGivingUpShutsTheSocketDown() {
        Attempt attempt = held();
        attempt.endAfter(1);
        socket.answering(Call.DISCONNECT, Errno.EPERM.asResult());
        attempt.sendFirstFlight(HELLO);

        await(() -> attempt.poll() == Phase.FAILED);

        assertThat(socket.takeCalls()).contains(Call.SHUT_DOWN);
    }

    @Test
    void aConnectionWithoutSuchATimeHasHalfAMinute() {
        Limit limit = Limit.ofDeferral();

        assertThat(limit.millisLeft()).isBetween(1L, Limit.OF_DEFERRAL_MILLIS + 1);
        assertThat(Errno.connectFailure(limit.reason(), REMOTE)).isInstanceOf(ConnectException.class).hasMessageContaining("timed out");
    }

    @Test
    void itDoesNotEndOneWhosePeerHasAnswered() {
        Attempt attempt = held();
        attempt.endAfter(1);
        socket.answering(ACCEPTED);
        attempt.sendFirstFlight(HELLO);

        attempt.poll();

        assertThat(attempt.phase()).isEqualTo(Phase.ESTABLISHED);
    }

    @Test
    void aPeerIsDoubtedFromTheHedgeOn() {
        properties.setProperty("niofastopen.hedge", "1");
        Attempt attempt = sent();

        await(() -> attempt.poll() == Phase.RECONNECTING);

        assertThat(attempts().verdict(REMOTE)).isEqualTo(Verdict.AVOID);
    }

    @Test
    void aNetworkIsSuspectedWhereNoSynFollowsOneWithData() {
        for (int i = 1; i <= 3; i++) {
            attempts().memory().suspectNetwork(local(), new InetSocketAddress("192.0.2." + i, 443).getAddress());
        }

        assertThat(attempts().verdict(new InetSocketAddress("192.0.2.9", 443))).isEqualTo(Verdict.AVOID);
    }

    // -- alternatives

    @Test
    void anAddressThatHasAlternativesIsTriedAgainOnceAnOrdinaryConnectionHasShownThatItLives() throws UnknownHostException {
        // given
        InetSocketAddress first = named(1);
        attempts().begin(first, null);
        attempts().begin(named(2), null);
        Verdict inDoubt = attempts().verdict(first);

        // when
        Attempt ordinary = new Attempt(attempts(), endpoint, socket, first, inDoubt);
        ordinary.endConnect(true);
        ordinary.began(FirstBytes.CLIENT_HELLO);

        // then
        assertThat(inDoubt).isEqualTo(Verdict.IN_DOUBT);
        assertThat(attempts().learnsFrom(first, inDoubt)).isTrue();
        assertThat(reports).extracting(Report::outcome).containsExactly(Outcome.IN_DOUBT);
        assertThat(attempts().verdict(first)).isEqualTo(Verdict.TRY);
    }

    private static InetSocketAddress named(int last) throws UnknownHostException {
        return new InetSocketAddress(InetAddress.getByAddress("example.org", new byte[] {(byte) 192, 0, 2, (byte) last}), 443);
    }

    // -- close

    @Test
    void aConnectionThatIsEstablishedButWasNotPolledIsNoFailure() {
        Attempt attempt = sent();
        socket.answering(ACCEPTED);

        attempt.close();

        assertThat(reports).extracting(Report::outcome).containsExactly(Outcome.ACCEPTED);
        assertThat(attempts().verdict(REMOTE)).isEqualTo(Verdict.TRY);
    }

    @Test
    void anApplicationThatGivesUpAtOnceTeachesNothing() {
        Attempt attempt = sent();

        attempt.close();

        assertThat(reports).extracting(Report::outcome).containsExactly(Outcome.NOT_CONNECTED);
        assertThat(attempts().verdict(REMOTE)).isEqualTo(Verdict.TRY);
    }

    @Test
    void anApplicationThatGivesUpOnASilentPeerBeforeAHedgeTeachesToLeaveIt() {
        Attempt attempt = sent();
        long from = System.nanoTime();
        await(() -> System.nanoTime() - from > 101_000_000);

        attempt.close();

        assertThat(attempts().verdict(REMOTE)).isEqualTo(Verdict.AVOID);
        assertThat(attempts().verdict(new InetSocketAddress(REMOTE.getAddress(), 8443))).as("another port of that host").isEqualTo(Verdict.TRY);
    }

    @Test
    void aChannelThatIsBoundToAWildcardIsBlamedFromTheAddressThatItsDescriptorHas() {
        endpoint.stored = new InetSocketAddress(40_000);
        Attempt attempt = sent();
        socket.answeringOnceConnected(FakeTcpSocket.ESTABLISHED).answering(FakeTcpSocket.CLOSED);
        attempt.poll();

        attempt.poll();

        await(() -> !reports.isEmpty());
        assertThat(reports).extracting(Report::outcome).containsExactly(Outcome.RESET);
        assertThat(attempts().memory().avoided()).extracting(PathMemory.Avoided::local).containsExactly(FakeEndpoint.LOCAL.getAddress());
    }

    @Test
    void whoeverLeavesLastFinishesTheCloseAndNobodyWaits() {
        Attempt attempt = sent();
        attempt.enterWaiting();

        boolean finishedByClose = attempt.close();
        int before = endpoint.closesFinished.get();
        attempt.leaveWaiting();

        assertThat(finishedByClose).isFalse();
        assertThat(before).isZero();
        assertThat(endpoint.closesFinished).hasValue(1);
        assertThat(socket.takeCalls()).as("woken").contains(Call.SHUT_DOWN);
    }

    @Test
    void nobodyWaitsOnASocketThatIsClosed() {
        Attempt attempt = sent();

        boolean finishedByClose = attempt.close();

        assertThat(finishedByClose).isTrue();
        assertThat(attempt.enterWaiting()).isFalse();
        assertThat(endpoint.closesFinished).hasValue(0);
    }

    @Test
    void anAttemptIsNotDroppedUnderAThreadThatWaits() {
        Attempt attempt = sent();
        attempt.enterWaiting();

        boolean whileWaiting = attempt.drop();
        attempt.leaveWaiting();
        boolean afterwards = attempt.drop();

        assertThat(whileWaiting).isFalse();
        assertThat(afterwards).isTrue();
        assertThat(endpoint.dropped).isTrue();
    }

    // -- times

    @Test
    void aDisconnectThatASandboxRefusesIsTriedOnceAndNobodySpins() {
        // given: a SYN that isn't answered within a millisecond
        properties.setProperty("niofastopen.hedge", "1");
        socket.answering(Call.DISCONNECT, Errno.EPERM.asResult());
        Attempt attempt = begun();
        attempt.arm();
        attempt.held();
        attempt.sendFirstFlight(HELLO);

        // when: the timer has hedged, and a thread that waits for the peer polls
        List<Call> calls = new ArrayList<>();
        await(() -> calls.addAll(socket.takeCalls()) && calls.contains(Call.DISCONNECT));
        for (int i = 0; i < POLLS; i++) {
            attempt.poll();
        }
        calls.addAll(socket.takeCalls());

        // then
        assertThat(calls).filteredOn(Call.DISCONNECT::equals).hasSize(1);
        assertThat(attempt.phase()).isEqualTo(Phase.SYN_SENT);
    }

    @Test
    void aPortThatTheApplicationHasChosenIsNotConnectedFromTwice() {
        // given: the peer may hold something of the first SYN, and a second one from there is answered by a reset
        properties.setProperty("niofastopen.hedge", "1");
        endpoint.portChosen = true;
        Attempt attempt = sent();
        long from = System.nanoTime();

        await(() -> System.nanoTime() - from > 20_000_000);
        attempt.poll();

        assertThat(attempt.phase()).isEqualTo(Phase.SYN_SENT);
        assertThat(socket.takeCalls()).doesNotContain(Call.DISCONNECT);
    }

    @Test
    void aWindowThatElapsesLetsTheSynGo() {
        properties.setProperty("niofastopen.window", "1");
        Attempt attempt = held();

        attempt.openWindow();
        await(() -> attempt.phase() == Phase.SYN_SENT);

        assertThat(socket.takeCalls()).contains(Call.SEND_BARE_SYN);
    }

    // -- first bytes

    @Test
    void aClientHelloThatComesAfterTheWindowStillCountsAsOne() {
        held().began(FirstBytes.LATE);
        Attempt attempt = held();

        attempt.began(FirstBytes.LATE);
        Verdict afterTwoWindows = attempts().verdict(REMOTE);
        attempt.began(FirstBytes.CLIENT_HELLO);

        assertThat(afterTwoWindows).isEqualTo(Verdict.WATCH);
        assertThat(attempts().verdict(REMOTE)).isEqualTo(Verdict.TRY);
    }

    @Test
    void whatIsKnownOfTheFirstBytesStays() {
        Attempt attempt = held();

        attempt.began(FirstBytes.CLIENT_HELLO);
        attempt.began(FirstBytes.OTHER);

        assertThat(attempts().verdict(REMOTE)).isEqualTo(Verdict.TRY);
    }

    private static void await(BooleanSupplier event) {
        while (!event.getAsBoolean()) {
            LockSupport.parkNanos(100_000);
        }
    }
}
