// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.attempt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.github.niofastopen.attempt.FakeTcpSocket.Call;
import io.github.niofastopen.linux.Errno;
import io.github.niofastopen.linux.TcpInfo;
import io.github.niofastopen.linux.TcpInfo.ClientFail;
import io.github.niofastopen.outcome.Outcome;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeferralTest {
    /** tcpi_state CLOSE, and tcpi_bytes_acked above zero. */
    private static final TcpInfo ANSWERED_AND_CLOSED = new TcpInfo(7 | 1 << 18);

    private static final byte[] FLIGHT = {22, 3, 1, 0, 6, 1, 0, 0, 2, 3, 3};

    private static final InetSocketAddress REMOTE = new InetSocketAddress("192.0.2.1", 443);
    private static final Call[] RECONNECT = {Call.DISCONNECT, Call.TAKE_ERROR, Call.CLEAR_OPTION, Call.CONNECT};
    private static final int ORDINARY_RTT_MICROS = 61_000;
    private static final int EALREADY = -114;
    private static final int EPIPE = Errno.EPIPE.asResult();

    private final FakeTcpSocket socket = new FakeTcpSocket();
    private final AtomicInteger relocations = new AtomicInteger();

    // -- connect

    @Test
    void anOrdinaryAttemptAsksNothingOfTheKernel() {
        Deferral deferral = Deferral.ordinary(socket, REMOTE);

        int armed = deferral.arm();

        assertThat(armed).isNegative();
        assertThat(deferral.phase()).isEqualTo(Phase.ORDINARY);
        assertThat(deferral.isConcealed()).isFalse();
        assertThat(socket.takeCalls()).isEmpty();
    }

    @Test
    void armingSetsTheOption() {
        Deferral deferral = Deferral.deferrable(socket, REMOTE, true, false, relocations::incrementAndGet);

        int armed = deferral.arm();

        assertThat(armed).isZero();
        assertThat(deferral.phase()).isEqualTo(Phase.ARMED);
        assertThat(deferral.isConcealed()).isTrue();
        assertThat(socket.takeCalls()).containsExactly(Call.SET_OPTION);
    }

    @ParameterizedTest
    @EnumSource(names = {"EOPNOTSUPP", "ENOPROTOOPT", "EPERM"})
    void aRefusedOptionMakesTheAttemptOrdinaryAndUnconcealed(Errno refusal) {
        socket.answering(Call.SET_OPTION, refusal.asResult());
        Deferral deferral = Deferral.deferrable(socket, REMOTE, true, false, relocations::incrementAndGet);

        int armed = deferral.arm();

        assertThat(armed).isEqualTo(refusal.asResult());
        assertThat(deferral.phase()).isEqualTo(Phase.ORDINARY);
        assertThat(deferral.isConcealed()).isFalse();
    }

    @Test
    void disarmingTakesTheOptionBack() {
        Deferral deferral = in(Phase.ARMED, socket);

        deferral.disarm();

        assertThat(deferral.phase()).isEqualTo(Phase.ORDINARY);
        assertThat(deferral.isConcealed()).isFalse();
        assertThat(socket.takeCalls()).containsExactly(Call.CLEAR_OPTION);
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "ARMED")
    void disarmingLaterThanConnectDoesNothing(Phase phase) {
        Deferral deferral = in(phase, socket);

        deferral.disarm();

        assertThat(deferral.phase()).isEqualTo(phase);
        assertThat(socket.takeCalls()).isEmpty();
    }

    @Test
    void aPendingConnectHasAskedForACookieAndIsTheJdksOwn() {
        Deferral deferral = in(Phase.ARMED, socket);

        deferral.asked();

        assertThat(deferral.phase()).isEqualTo(Phase.ASKED);
        assertThat(deferral.isConcealed()).isFalse();
        assertThat(deferral.outcome()).isNull();
        assertThat(socket.takeCalls()).isEmpty();
    }

    @Test
    void aConnectThatReturnsAtOnceInNonBlockingModeIsHeldAndStaysConcealed() {
        Deferral deferral = in(Phase.ARMED, socket);

        deferral.held();

        assertThat(deferral.phase()).isEqualTo(Phase.HELD);
        assertThat(deferral.isConcealed()).isTrue();
        assertThat(socket.takeCalls()).isEmpty();
    }

    @Test
    void whatFinishConnectRevealsIsNoLongerConcealed() {
        Deferral deferral = in(Phase.HELD, socket);

        deferral.reveal();

        assertThat(deferral.isConcealed()).isFalse();
        assertThat(deferral.phase()).isEqualTo(Phase.HELD);
    }

    @Test
    void aBlockingConnectIsHeldWhereTheKernelIsInSynSent() {
        Deferral deferral = armedInBlockingMode();

        deferral.heldUnlessEstablished(false);

        assertThat(deferral.phase()).isEqualTo(Phase.HELD);
        assertThat(deferral.isConcealed()).isFalse();
        assertThat(socket.takeCalls()).containsExactly(Call.INFO);
    }

    @ParameterizedTest
    @ValueSource(ints = {1 /* ESTABLISHED */, 8 /* CLOSE_WAIT */})
    void aBlockingConnectThatHasTakenTheHandshakeIsOrdinaryAndHadNoCookie(int state) {
        socket.answering(FakeTcpSocket.inState(state));
        Deferral deferral = armedInBlockingMode();

        deferral.heldUnlessEstablished(false);

        assertThat(deferral.phase()).isEqualTo(Phase.ORDINARY);
        assertThat(deferral.outcome()).isEqualTo(Outcome.NO_COOKIE);
        assertThat(deferral.rttMicros()).isEqualTo(FakeTcpSocket.RTT_MICROS);
        assertThat(socket.takeCalls()).containsExactly(Call.INFO);
    }

    @Test
    void aBlockingConnectWhoseSynWasSentAgainSaysSo() {
        socket.answering(TcpInfo.of(1, false, ClientFail.UNSPECIFIED, 1, 40_000));
        Deferral deferral = armedInBlockingMode();

        deferral.heldUnlessEstablished(false);

        assertThat(deferral.phase()).isEqualTo(Phase.ORDINARY);
        assertThat(deferral.outcome()).isEqualTo(Outcome.SYN_RESENT);
    }

    @Test
    void aBlockingConnectOfWhichTheKernelTellsNothingIsOrdinaryAndTeachesNothing() {
        socket.answering(new TcpInfo(Errno.EPERM.asResult()));
        Deferral deferral = armedInBlockingMode();

        deferral.heldUnlessEstablished(false);

        assertThat(deferral.phase()).isEqualTo(Phase.ORDINARY);
        assertThat(deferral.rttMicros()).isZero();
        assertThat(deferral.outcome()).isNull();
    }

    @Test
    void aBlockingConnectWithACookieIsTakenForHeldBeforeTheKernelIsAsked() {
        Deferral deferral = armedInBlockingMode();

        deferral.heldUnlessEstablished(true);
        Phase held = deferral.phase();
        deferral.sendFirstFlight(FLIGHT);
        socket.answering(TcpInfo.of(1, true, ClientFail.UNSPECIFIED, 0, 40_000));
        deferral.poll();

        assertThat(held).isEqualTo(Phase.HELD);
        assertThat(deferral.phase()).isEqualTo(Phase.ESTABLISHED);
        assertThat(deferral.outcome()).isEqualTo(Outcome.ACCEPTED);
        assertThat(socket.takeCalls()).containsExactly(Call.SEND, Call.INFO);
    }

    @Test
    void aConnectionThatWasWronglyTakenForHeldHadNoCookie() {
        Deferral deferral = takenForHeldButEstablished();

        int taken = deferral.sendFirstFlight(FLIGHT);
        deferral.poll();

        assertThat(taken).isEqualTo(FLIGHT.length);
        assertThat(deferral.phase()).isEqualTo(Phase.ESTABLISHED);
        assertThat(deferral.outcome()).isEqualTo(Outcome.NO_COOKIE);
        assertThat(socket.takeSent()).isEqualTo(FLIGHT);
    }

    @Test
    void aConnectionThatWasWronglyTakenForHeldMayBeginWithoutAClientHello() {
        Deferral deferral = takenForHeldButEstablished();

        boolean released = deferral.release(Outcome.NOT_TLS);

        assertThat(released).isTrue();
        assertThat(deferral.phase()).isEqualTo(Phase.ESTABLISHED);
        assertThat(deferral.outcome()).isEqualTo(Outcome.NO_COOKIE);
        assertThat(socket.takeCalls()).as("nothing that would take the connection's error").containsExactly(Call.INFO);
    }

    @Test
    void aConnectionThatWasWronglyTakenForHeldAndIsClosedAfterItsFirstFlightHadNoCookie() {
        Deferral deferral = takenForHeldButEstablished();
        deferral.sendFirstFlight(FLIGHT);

        Phase before = deferral.close(false);

        assertThat(before).isEqualTo(Phase.ESTABLISHED);
        assertThat(deferral.outcome()).isEqualTo(Outcome.NO_COOKIE);
        assertThat(deferral.wasNeverHeld()).isTrue();
    }

    /** Where the kernel doesn't say why there was no cookie: tcpi_fastopen_client_fail is there since 5.5. */
    @Test
    void aConnectionThatWasWronglyTakenForHeldIsKnownByHavingBeenAnsweredTooSoon() {
        socket.answering(TcpInfo.of(1, false, ClientFail.UNSPECIFIED, 0, 40_000));
        Deferral deferral = armedInBlockingMode();
        deferral.heldUnlessEstablished(true);

        deferral.release(Outcome.WINDOW_ELAPSED);

        assertThat(deferral.outcome()).isEqualTo(Outcome.NO_COOKIE);
        assertThat(deferral.wasNeverHeld()).isTrue();
    }

    @Test
    void aConnectionThatWasWronglyTakenForHeldKeepsItsOwnError() {
        socket.answering(Call.SEND, Errno.ECONNRESET.asResult());
        Deferral deferral = takenForHeldButEstablished();

        int taken = deferral.sendFirstFlight(FLIGHT);
        deferral.poll();

        assertThat(taken).isZero();
        assertThat(deferral.phase()).isEqualTo(Phase.ESTABLISHED);
        assertThat(socket.takeCalls()).doesNotContain(Call.DISCONNECT, Call.CONNECT);
    }

    @Test
    void aConnectionThatWasWronglyTakenForHeldLingersAsItWasTold() {
        Deferral deferral = takenForHeldButEstablished();

        Phase before = deferral.close(false);

        assertThat(before).isEqualTo(Phase.ESTABLISHED);
        assertThat(deferral.outcome()).isEqualTo(Outcome.NO_COOKIE);
        assertThat(socket.takeCalls()).doesNotContain(Call.LINGER_NOT);
    }

    @Test
    void aSynThatWasRightlyTakenForHeldNeverLingers() {
        Deferral deferral = armedInBlockingMode();
        deferral.heldUnlessEstablished(true);

        deferral.close(false);

        assertThat(socket.takeCalls()).contains(Call.LINGER_NOT);
    }

    private Deferral takenForHeldButEstablished() {
        socket.answering(TcpInfo.of(1, false, ClientFail.COOKIE_UNAVAILABLE, 0, 40_000));
        Deferral deferral = armedInBlockingMode();
        deferral.heldUnlessEstablished(true);
        return deferral;
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "ARMED")
    void theResultOfConnectIsIgnoredOnceItIsKnown(Phase phase) {
        Deferral deferral = in(phase, socket);

        deferral.held();
        deferral.heldUnlessEstablished(false);
        deferral.asked();

        assertThat(deferral.phase()).isEqualTo(phase);
        assertThat(socket.takeCalls()).isEmpty();
    }

    // -- the SYN's departure

    @Test
    void theFirstFlightIsSentWhole() {
        Deferral deferral = in(Phase.HELD, socket);

        int taken = deferral.sendFirstFlight(FLIGHT);

        assertThat(taken).isEqualTo(FLIGHT.length);
        assertThat(socket.takeSent()).isEqualTo(FLIGHT);
        assertThat(deferral.phase()).isEqualTo(Phase.SYN_SENT);
        assertThat(socket.takeCalls()).containsExactly(Call.SEND);
    }

    @Test
    void theFirstFlightIsSentOnceOnly() {
        Deferral deferral = in(Phase.HELD, socket);
        deferral.sendFirstFlight(FLIGHT);
        socket.takeCalls();

        int taken = deferral.sendFirstFlight(FLIGHT);

        assertThat(taken).isZero();
        assertThat(socket.takeCalls()).isEmpty();
    }

    @Test
    void aSynThatTakesAPartTellsHowMuch() {
        socket.answering(Call.SEND, 5);
        Deferral deferral = in(Phase.HELD, socket);

        int taken = deferral.sendFirstFlight(FLIGHT);

        assertThat(taken).isEqualTo(5);
        assertThat(deferral.phase()).isEqualTo(Phase.SYN_SENT);
    }

    @ParameterizedTest
    @EnumSource(names = {"EINPROGRESS", "EAGAIN"})
    void aCookieThatIsGoneMeansNoBytesAndNoError(Errno answer) {
        socket.answering(Call.SEND, answer.asResult());
        Deferral deferral = in(Phase.HELD, socket);

        int taken = deferral.sendFirstFlight(FLIGHT);

        assertThat(taken).isZero();
        assertThat(deferral.poll()).isEqualTo(Phase.SYN_SENT);
    }

    @ParameterizedTest
    @EnumSource(names = {"EPERM", "EACCES", "ENOSYS", "EINVAL", "EOPNOTSUPP", "ECONNREFUSED", "ENOBUFS"})
    void aFirstFlightThatCannotLeaveIsFollowedByAnOrdinaryConnect(Errno error) {
        socket.answering(Call.SEND, error.asResult(), FLIGHT.length);
        Deferral deferral = in(Phase.HELD, socket);

        int taken = deferral.sendFirstFlight(FLIGHT);

        assertThat(socket.takeCalls()).startsWith(Call.SEND).endsWith(RECONNECT);
        assertThat(deferral.phase()).isEqualTo(Phase.RECONNECTING);
        assertThat(taken).as("the channel writes it when the peer has answered").isZero();
        assertThat(answerAndTakeSent(deferral)).isEmpty();
        assertThat(deferral.phase()).isEqualTo(Phase.ESTABLISHED);
    }

    @ParameterizedTest
    @EnumSource(names = {"EPERM", "EACCES", "ENOSYS", "ENOPROTOOPT"})
    void aRefusedFirstFlightIsNoFaultOfThePath(Errno error) {
        socket.answering(Call.SEND, error.asResult(), FLIGHT.length);
        Deferral deferral = in(Phase.HELD, socket);

        deferral.sendFirstFlight(FLIGHT);

        answerAndTakeSent(deferral);
        assertThat(deferral.outcome()).isEqualTo(Outcome.UNSUPPORTED);
    }

    /** The sysctl may be switched off while the SYN is held back (net/ipv4/tcp.c, tcp_sendmsg_fastopen). */
    @ParameterizedTest
    @EnumSource(names = {"EOPNOTSUPP", "EINVAL", "ENOBUFS"})
    void aSynThatThisMachineKeptBackIsNoFaultOfThePath(Errno error) {
        socket.answering(Call.SEND, error.asResult(), FLIGHT.length).answering(Call.SEND_BARE_SYN, error.asResult());
        Deferral written = in(Phase.HELD, socket);
        Deferral released = in(Phase.HELD, socket);

        written.sendFirstFlight(FLIGHT);
        released.release(Outcome.WINDOW_ELAPSED);

        answerAndTakeSent(written);
        answerAndTakeSent(released);
        assertThat(written.outcome()).isEqualTo(Outcome.NOT_SENT);
        assertThat(released.outcome()).isEqualTo(Outcome.NOT_SENT);
    }

    @ParameterizedTest
    @EnumSource(names = {"ECONNREFUSED", "ECONNRESET"})
    void aFirstFlightThatWasAnsweredByAResetAtOnceIsTheFaultOfThePath(Errno error) {
        socket.answering(Call.SEND, error.asResult(), FLIGHT.length);
        Deferral deferral = in(Phase.HELD, socket);

        deferral.sendFirstFlight(FLIGHT);

        answerAndTakeSent(deferral);
        assertThat(deferral.outcome()).isEqualTo(Outcome.RESET);
    }

    @ParameterizedTest
    @EnumSource(names = {"ENETUNREACH", "EHOSTUNREACH", "EADDRNOTAVAIL"})
    void aFirstFlightThatCannotLeaveByAnOrdinaryConnectEitherHasItsFailure(Errno error) {
        socket.answering(Call.SEND, Errno.EINVAL.asResult()).answering(Call.CONNECT, error.asResult());
        Deferral deferral = in(Phase.HELD, socket);

        deferral.sendFirstFlight(FLIGHT);

        assertThat(deferral.poll()).isEqualTo(Phase.FAILED);
        assertThat(deferral.failure()).isEqualTo(error.asResult());
        assertThat(deferral.outcome()).isEqualTo(Outcome.NOT_CONNECTED);
        assertThat(relocations).hasValue(0);
    }

    @Test
    void aReleaseSendsOneBareSyn() {
        Deferral deferral = in(Phase.HELD, socket);

        boolean first = deferral.release(Outcome.WINDOW_ELAPSED);
        boolean second = deferral.release(Outcome.WINDOW_ELAPSED);

        assertThat(first).isTrue();
        assertThat(second).isFalse();
        assertThat(deferral.phase()).isEqualTo(Phase.SYN_SENT);
        assertThat(socket.takeCalls()).containsExactly(Call.SEND_BARE_SYN);
    }

    @Test
    void aReleaseThatCannotLeaveIsFollowedByAnOrdinaryConnect() {
        socket.answering(Call.SEND_BARE_SYN, Errno.EPERM.asResult());
        Deferral deferral = in(Phase.HELD, socket);

        boolean released = deferral.release(Outcome.NOT_TLS);

        assertThat(released).isTrue();
        assertThat(deferral.phase()).isEqualTo(Phase.RECONNECTING);
        assertThat(socket.takeCalls()).startsWith(Call.SEND_BARE_SYN).endsWith(RECONNECT);
        assertThat(answerAndTakeSent(deferral)).isEmpty();
        assertThat(deferral.outcome()).isEqualTo(Outcome.UNSUPPORTED);
    }

    @Test
    void nothingIsReleasedBehindAFirstFlight() {
        Deferral deferral = in(Phase.HELD, socket);
        deferral.sendFirstFlight(FLIGHT);
        socket.takeCalls();

        boolean released = deferral.release(Outcome.WINDOW_ELAPSED);

        assertThat(released).isFalse();
        assertThat(socket.takeCalls()).isEmpty();
    }

    @Test
    void noFirstFlightLeavesBehindARelease() {
        Deferral deferral = in(Phase.HELD, socket);
        deferral.release(Outcome.WINDOW_ELAPSED);
        socket.takeCalls();

        int taken = deferral.sendFirstFlight(FLIGHT);

        assertThat(taken).isZero();
        assertThat(socket.takeCalls()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "HELD")
    void onlyAHeldSynIsSent(Phase phase) {
        Deferral deferral = in(phase, socket);

        boolean released = deferral.release(Outcome.WINDOW_ELAPSED);
        int taken = deferral.sendFirstFlight(FLIGHT);

        assertThat(released).isFalse();
        assertThat(taken).isZero();
        assertThat(deferral.phase()).isEqualTo(phase);
        assertThat(socket.takeCalls()).isEmpty();
    }

    // -- the peer's answer

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = {"ASKED", "SYN_SENT", "RECONNECTING"})
    void aPollAsksTheKernelOnlyWhileTheAnswerIsOpen(Phase phase) {
        Deferral deferral = in(phase, socket);

        Phase polled = deferral.poll();

        assertThat(polled).isEqualTo(phase);
        assertThat(socket.takeCalls()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"ASKED", "SYN_SENT", "RECONNECTING"})
    void anUnansweredSynStaysSent(Phase phase) {
        Deferral deferral = in(phase, socket);

        Phase polled = deferral.poll();

        assertThat(polled).isEqualTo(phase);
        assertThat(deferral.outcome()).isNull();
        assertThat(socket.takeCalls()).containsExactly(Call.INFO);
    }

    @ParameterizedTest
    @ValueSource(ints = {1 /* ESTABLISHED */, 4 /* FIN_WAIT1 */, 8 /* CLOSE_WAIT */})
    void anAnsweredSynIsEstablished(int state) {
        Deferral deferral = in(Phase.SYN_SENT, socket);
        socket.answering(FakeTcpSocket.inState(state));

        Phase polled = deferral.poll();

        assertThat(polled).isEqualTo(Phase.ESTABLISHED);
        assertThat(deferral.phase()).isEqualTo(Phase.ESTABLISHED);
        assertThat(deferral.rttMicros()).isEqualTo(FakeTcpSocket.RTT_MICROS);
    }

    @Test
    void anAnsweredRequestForACookieLeavesTheConnectionToTheJdk() {
        Deferral deferral = in(Phase.ASKED, socket);
        socket.answering(FakeTcpSocket.ESTABLISHED);

        Phase polled = deferral.poll();

        assertThat(polled).isEqualTo(Phase.ORDINARY);
        assertThat(deferral.outcome()).isEqualTo(Outcome.NO_COOKIE);
        assertThat(deferral.rttMicros()).isEqualTo(FakeTcpSocket.RTT_MICROS);
    }

    @Test
    void aRequestForACookieThatWasSentAgainSaysSo() {
        Deferral deferral = in(Phase.ASKED, socket);
        socket.answering(TcpInfo.of(1, false, ClientFail.UNSPECIFIED, 1, 50_000));

        deferral.poll();

        assertThat(deferral.phase()).isEqualTo(Phase.ORDINARY);
        assertThat(deferral.outcome()).isEqualTo(Outcome.SYN_RESENT);
    }

    /** A SYN whose data was taken off on its way is followed by the data: not every segment sent again is a lost SYN. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        true  | UNSPECIFIED        | 0 | ACCEPTED
        false | UNSPECIFIED        | 1 | DATA_NOT_ACKNOWLEDGED
        false | DATA_NOT_ACKED     | 1 | DATA_NOT_ACKNOWLEDGED
        false | COOKIE_UNAVAILABLE | 1 | DATA_NOT_ACKNOWLEDGED
        false | SYN_RETRANSMITTED  | 1 | SYN_RESENT
        true  | SYN_RETRANSMITTED  | 1 | SYN_RESENT
        """)
    void theKernelTellsWhatBecameOfTheFirstFlight(boolean acknowledged, ClientFail fail, int resent, Outcome outcome) {
        Deferral deferral = in(Phase.HELD, socket);
        deferral.sendFirstFlight(FLIGHT);
        socket.answering(TcpInfo.of(1, acknowledged, fail, resent, 50_000));

        Outcome before = deferral.outcome();
        deferral.poll();

        assertThat(before).isNull();
        assertThat(deferral.outcome()).isEqualTo(outcome);
        assertThat(socket.takeSent()).isEqualTo(FLIGHT);
    }

    @Test
    void aSynThatTookAPartWasTooLarge() {
        socket.answering(Call.SEND, 5);
        Deferral deferral = in(Phase.HELD, socket);
        deferral.sendFirstFlight(FLIGHT);
        socket.answering(TcpInfo.of(1, true, ClientFail.UNSPECIFIED, 0, 50_000));

        deferral.poll();

        assertThat(deferral.outcome()).isEqualTo(Outcome.TOO_LARGE);
    }

    @Test
    void aSynWithoutItsCookieHadNone() {
        socket.answering(Call.SEND, Errno.EINPROGRESS.asResult());
        Deferral deferral = in(Phase.HELD, socket);
        deferral.sendFirstFlight(FLIGHT);
        socket.answering(FakeTcpSocket.ESTABLISHED);

        deferral.poll();

        assertThat(deferral.outcome()).isEqualTo(Outcome.NO_COOKIE);
    }

    @ParameterizedTest
    @EnumSource(names = {"NOT_TLS", "WINDOW_ELAPSED"})
    void aSynWithoutDataHasTheOutcomeOfItsRelease(Outcome reason) {
        Deferral deferral = in(Phase.HELD, socket);
        deferral.release(reason);
        socket.answering(FakeTcpSocket.ESTABLISHED);

        deferral.poll();

        assertThat(deferral.outcome()).isEqualTo(reason);
    }

    @Test
    void aReleasedSynThatWasSentAgainSaysSo() {
        Deferral deferral = in(Phase.HELD, socket);
        deferral.release(Outcome.NOT_TLS);
        socket.answering(TcpInfo.of(1, false, ClientFail.UNSPECIFIED, 2, 50_000));

        deferral.poll();

        assertThat(deferral.outcome()).isEqualTo(Outcome.SYN_RESENT);
    }

    // -- recovery

    @ParameterizedTest
    @EnumSource(names = {"ASKED", "SYN_SENT"})
    void aSynThatWasResetIsFollowedByAnOrdinaryConnectOnTheSameSocket(Phase phase) {
        Deferral deferral = in(phase, socket);
        socket.answering(FakeTcpSocket.CLOSED);

        Phase polled = deferral.poll();

        assertThat(polled).isEqualTo(Phase.RECONNECTING);
        assertThat(socket.takeCalls()).startsWith(Call.INFO).endsWith(RECONNECT);
        assertThat(socket.connectedTo()).isEqualTo(REMOTE);
        assertThat(relocations).hasValue(1);
        assertThat(deferral.outcome()).isNull();
    }

    @Test
    void theFirstFlightIsSentAgainWholeOnceThePeerHasAnswered() {
        Deferral deferral = reconnectingWithFlight();
        deferral.poll();
        byte[] sentBefore = socket.takeSent();

        byte[] sent = answerAndTakeSent(deferral);

        assertThat(sentBefore).isEmpty();
        assertThat(sent).isEqualTo(FLIGHT);
        assertThat(deferral.phase()).isEqualTo(Phase.ESTABLISHED);
        assertThat(deferral.outcome()).isEqualTo(Outcome.RESET);
        assertThat(deferral.rttMicros()).isEqualTo(ORDINARY_RTT_MICROS);
    }

    @Test
    void ofAFirstFlightOnlyWhatTheSynTookIsSentAgain() {
        socket.answering(Call.SEND, 5);
        Deferral deferral = in(Phase.HELD, socket);
        deferral.sendFirstFlight(FLIGHT);
        socket.takeSent();
        socket.answering(Call.SEND, FLIGHT.length).answering(FakeTcpSocket.CLOSED);
        deferral.poll();

        byte[] sent = answerAndTakeSent(deferral);

        assertThat(sent).isEqualTo(Arrays.copyOf(FLIGHT, 5));
        assertThat(deferral.outcome()).isEqualTo(Outcome.RESET);
    }

    @Test
    void aFirstFlightThatIsTakenInPartsIsSentAgainInOrder() {
        Deferral deferral = reconnectingWithFlight();
        socket.answering(Call.SEND, 3, 1, FLIGHT.length);

        byte[] sent = answerAndTakeSent(deferral);

        assertThat(sent).isEqualTo(FLIGHT);
        assertThat(deferral.phase()).isEqualTo(Phase.ESTABLISHED);
    }

    @Test
    void aFullSendBufferDelaysTheRestOfTheFirstFlight() {
        Deferral deferral = reconnectingWithFlight();
        int full = Errno.EAGAIN.asResult();
        socket.answering(Call.SEND, full, 4, full, 2, FLIGHT.length);

        byte[] none = answerAndTakeSent(deferral);
        Phase afterNone = deferral.phase();
        byte[] first = answerAndTakeSent(deferral);
        Phase afterFirst = deferral.phase();
        Outcome early = deferral.outcome();
        byte[] rest = answerAndTakeSent(deferral);

        assertThat(none).isEmpty();
        assertThat(afterNone).isEqualTo(Phase.RECONNECTING);
        assertThat(first).isEqualTo(Arrays.copyOf(FLIGHT, 4));
        assertThat(afterFirst).isEqualTo(Phase.RECONNECTING);
        assertThat(early).isNull();
        assertThat(rest).isEqualTo(Arrays.copyOfRange(FLIGHT, 4, FLIGHT.length));
        assertThat(deferral.phase()).isEqualTo(Phase.ESTABLISHED);
        assertThat(deferral.outcome()).isEqualTo(Outcome.RESET);
    }

    @Test
    void aFirstFlightIsSentAgainOnce() {
        Deferral deferral = reconnectingWithFlight();
        answerAndTakeSent(deferral);
        socket.takeCalls();

        deferral.poll();
        deferral.hedge();

        assertThat(socket.takeCalls()).isEmpty();
    }

    @Test
    void aFirstFlightThatTheSynCarriedIsNotSentAgain() {
        Deferral deferral = in(Phase.HELD, socket);
        deferral.sendFirstFlight(FLIGHT);
        socket.takeSent();
        socket.takeCalls();

        byte[] sent = answerAndTakeSent(deferral);

        assertThat(sent).isEmpty();
        assertThat(socket.takeCalls()).containsExactly(Call.INFO);
    }

    @Test
    void theOutcomeOfAnOrdinaryConnectionIsNotReadFromItsStaleFlags() {
        Deferral deferral = reconnectingWithFlight();
        socket.answering(TcpInfo.of(1, true, ClientFail.SYN_RETRANSMITTED, 3, 50_000));

        deferral.poll();

        assertThat(deferral.outcome()).isEqualTo(Outcome.RESET);
    }

    @Test
    void theJdkCompletesTheOrdinaryConnectThatFollowsItsOwn() {
        Deferral deferral = in(Phase.ASKED, socket);
        socket.answering(FakeTcpSocket.CLOSED);
        deferral.poll();

        byte[] sent = answerAndTakeSent(deferral);

        assertThat(sent).isEmpty();
        assertThat(deferral.phase()).isEqualTo(Phase.ORDINARY);
        assertThat(deferral.outcome()).isEqualTo(Outcome.RESET);
    }

    @Test
    void thereIsOneReconnectAtMost() {
        Deferral deferral = reconnectingWithFlight();
        socket.answering(FakeTcpSocket.CLOSED);

        deferral.poll();
        deferral.poll();
        deferral.hedge();

        assertThat(socket.takeCalls()).doesNotContain(Call.DISCONNECT, Call.CONNECT);
        assertThat(deferral.phase()).isEqualTo(Phase.FAILED);
        assertThat(relocations).hasValue(1);
    }

    @Test
    void aConcealedAttemptStaysSoThroughAReconnect() {
        Deferral deferral = in(Phase.SYN_SENT, socket);
        socket.answering(FakeTcpSocket.CLOSED);

        deferral.poll();
        boolean whileReconnecting = deferral.isConcealed();
        answerAndTakeSent(deferral);

        assertThat(whileReconnecting).isTrue();
        assertThat(deferral.isConcealed()).isTrue();
    }

    // -- the hedge

    @ParameterizedTest
    @EnumSource(names = {"ASKED", "SYN_SENT"})
    void aSynThatIsNotAnsweredInTimeIsFollowedByAnOrdinaryConnect(Phase phase) {
        Deferral deferral = in(phase, socket);

        deferral.hedge();

        assertThat(deferral.phase()).isEqualTo(Phase.RECONNECTING);
        assertThat(socket.takeCalls()).startsWith(Call.INFO).endsWith(RECONNECT);
        answerAndTakeSent(deferral);
        assertThat(deferral.outcome()).isEqualTo(Outcome.HEDGED);
        assertThat(deferral.phase()).isEqualTo(phase == Phase.ASKED ? Phase.ORDINARY : Phase.ESTABLISHED);
    }

    @Test
    void aHedgedFirstFlightIsSentAgainWhole() {
        Deferral deferral = in(Phase.HELD, socket);
        deferral.sendFirstFlight(FLIGHT);
        socket.takeSent();

        deferral.hedge();

        assertThat(answerAndTakeSent(deferral)).isEqualTo(FLIGHT);
    }

    @ParameterizedTest
    @EnumSource(names = {"ASKED", "SYN_SENT"})
    void aSynThatWasAnsweredInTimeIsNotHedged(Phase phase) {
        Deferral deferral = in(phase, socket);
        socket.answering(FakeTcpSocket.ESTABLISHED);

        deferral.hedge();

        assertThat(socket.takeCalls()).containsExactly(Call.INFO);
        assertThat(relocations).hasValue(0);
        assertThat(deferral.poll().awaitsPeer()).isFalse();
        assertThat(deferral.outcome()).isNotEqualTo(Outcome.HEDGED);
    }

    @Test
    void aSynThatWasResetInTimeIsNotHedged() {
        Deferral deferral = in(Phase.SYN_SENT, socket);
        socket.answering(FakeTcpSocket.CLOSED);

        deferral.hedge();
        deferral.poll();

        answerAndTakeSent(deferral);
        assertThat(deferral.outcome()).isEqualTo(Outcome.RESET);
        assertThat(relocations).hasValue(1);
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = {"ASKED", "SYN_SENT"})
    void onlyAnUnansweredSynOfFastOpenIsHedged(Phase phase) {
        Deferral deferral = in(phase, socket);

        deferral.hedge();

        assertThat(deferral.phase()).isEqualTo(phase);
        assertThat(socket.takeCalls()).isEmpty();
    }

    @Test
    void aHedgeThatCannotUndoTheConnectLeavesItUnderWay() {
        socket.answering(Call.DISCONNECT, Errno.EPERM.asResult()).answering(Call.CONNECT, EALREADY);
        Deferral deferral = in(Phase.SYN_SENT, socket);

        deferral.hedge();
        socket.answering(FakeTcpSocket.ESTABLISHED);

        assertThat(deferral.poll()).isEqualTo(Phase.ESTABLISHED);
    }

    // -- a connection that has come and gone

    @Test
    void aResetByAPeerThatHasAnsweredIsLeftToTheJdk() {
        Deferral deferral = in(Phase.SYN_SENT, socket);
        socket.answering(ANSWERED_AND_CLOSED);

        Phase phase = deferral.poll();

        assertThat(phase).isEqualTo(Phase.ESTABLISHED);
        assertThat(socket.takeCalls()).doesNotContain(Call.DISCONNECT, Call.TAKE_ERROR);
    }

    @Test
    void aRefusedSynWithoutDataIsLeftToTheJdkWhereThePathIsKnownToCarryFastOpen() {
        Deferral deferral = Deferral.deferrable(socket, REMOTE, true, true, relocations::incrementAndGet);
        deferral.arm();
        deferral.asked();
        socket.answering(FakeTcpSocket.CLOSED);
        socket.takeCalls();

        Phase phase = deferral.poll();

        assertThat(phase).isEqualTo(Phase.ORDINARY);
        assertThat(deferral.outcome()).isEqualTo(Outcome.NOT_CONNECTED);
        assertThat(socket.takeCalls()).containsExactly(Call.INFO);
    }

    // -- failure

    @Test
    void anOrdinaryConnectionThatIsRefusedTooHasFailedForTheSocketsReason() {
        Deferral deferral = reconnectingWithFlight();
        socket.answering(FakeTcpSocket.CLOSED).answering(Call.TAKE_ERROR, Errno.ETIMEDOUT.asResult());

        Phase polled = deferral.poll();

        assertThat(polled).isEqualTo(Phase.FAILED);
        assertThat(deferral.failure()).isEqualTo(Errno.ETIMEDOUT.asResult());
        assertThat(deferral.outcome()).isEqualTo(Outcome.NOT_CONNECTED);
        assertThat(socket.takeSent()).isEmpty();
    }

    @Test
    void theErrorOfTheFirstSynIsNotTheReason() {
        Deferral deferral = in(Phase.SYN_SENT, socket);
        socket.answering(FakeTcpSocket.CLOSED).answering(Call.TAKE_ERROR, Errno.ECONNRESET.asResult());
        deferral.poll();
        socket.answering(Call.TAKE_ERROR, Errno.EHOSTUNREACH.asResult());

        deferral.poll();

        assertThat(deferral.failure()).isEqualTo(Errno.EHOSTUNREACH.asResult());
    }

    @ParameterizedTest
    @EnumSource(names = {"ENETUNREACH", "EADDRNOTAVAIL"})
    void anOrdinaryConnectThatCannotBeginIsTheReason(Errno error) {
        socket.answering(Call.CONNECT, error.asResult());
        Deferral deferral = in(Phase.SYN_SENT, socket);

        deferral.hedge();

        assertThat(deferral.phase()).isEqualTo(Phase.FAILED);
        assertThat(deferral.failure()).isEqualTo(error.asResult());
        assertThat(deferral.outcome()).isEqualTo(Outcome.NOT_CONNECTED);
        assertThat(relocations).hasValue(0);
    }

    @Test
    void theReasonIsTakenFromTheSocketOnceAndKept() {
        Deferral deferral = in(Phase.FAILED, socket);
        socket.answering(Call.TAKE_ERROR, Errno.EHOSTUNREACH.asResult());

        int first = deferral.failure();
        int second = deferral.failure();

        assertThat(first).isEqualTo(Errno.EHOSTUNREACH.asResult());
        assertThat(second).isEqualTo(first);
        assertThat(socket.takeCalls()).containsExactly(Call.TAKE_ERROR);
    }

    @Test
    void aReasonThatSomeoneElseTookIsARefusal() {
        Deferral deferral = in(Phase.FAILED, socket);

        int failure = deferral.failure();

        assertThat(failure).isEqualTo(Errno.ECONNREFUSED.asResult());
    }

    @Test
    void theReasonForWhichTheJdksOwnConnectFailedIsLeftForItToFind() {
        Deferral deferral = in(Phase.ASKED, socket);
        socket.answering(FakeTcpSocket.CLOSED);
        deferral.poll();
        deferral.poll();
        socket.takeCalls();

        int failure = deferral.failure();

        assertThat(deferral.phase()).isEqualTo(Phase.FAILED);
        assertThat(failure).isZero();
        assertThat(socket.takeCalls()).isEmpty();
    }

    @Test
    void theJdkDoesNotFindTheReasonForWhichAnOrdinaryConnectCouldNotBegin() {
        socket.answering(Call.CONNECT, Errno.ENETUNREACH.asResult());
        Deferral deferral = in(Phase.ASKED, socket);

        deferral.hedge();

        assertThat(deferral.failure()).isEqualTo(Errno.ENETUNREACH.asResult());
    }

    /** send(2) takes the socket's error, so that it can't be found there. */
    @Test
    void anErrorThatTheFirstFlightMetOnItsSecondWayIsTheReason() {
        Deferral deferral = reconnectingWithFlight();
        socket.answering(Call.SEND, Errno.ECONNRESET.asResult(), EPIPE).answering(FakeTcpSocket.ESTABLISHED);

        deferral.poll();
        socket.answering(FakeTcpSocket.CLOSED);

        assertThat(deferral.poll()).isEqualTo(Phase.FAILED);
        assertThat(deferral.failure()).isEqualTo(Errno.ECONNRESET.asResult());
    }

    /** A sandbox that denies sendto(2) leaves write(2) to the JDK. */
    @ParameterizedTest
    @EnumSource(names = {"EPERM", "EACCES", "ENOSYS"})
    void aSandboxThatDeniesOurSendDoesNotKeepTheConnectionFromBeingEstablished(Errno denial) {
        socket.answering(Call.SEND, denial.asResult());
        Deferral deferral = in(Phase.HELD, socket);
        int taken = deferral.sendFirstFlight(FLIGHT);

        answerAndTakeSent(deferral);
        answerAndTakeSent(deferral);

        assertThat(deferral.phase()).isEqualTo(Phase.ESTABLISHED);
        assertThat(taken).as("what the JDK isn't given to write").isZero();
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "FAILED")
    void theSocketsErrorIsLeftAloneUnlessTheConnectionHasFailed(Phase phase) {
        Deferral deferral = in(phase, socket);

        int failure = deferral.failure();

        assertThat(failure).isZero();
        assertThat(socket.takeCalls()).isEmpty();
    }

    // -- what else is done with the descriptor

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "CLOSED")
    void whatIsDoneWhileOpenIsDoneUnderTheMonitor(Phase phase) {
        Deferral deferral = in(phase, socket);

        Boolean locked = deferral.whileOpen(() -> Thread.holdsLock(deferral));

        assertThat(locked).isTrue();
    }

    @Test
    void whatIsDoneWhileOpenIsNotDoneOnceClosed() {
        Deferral deferral = in(Phase.CLOSED, socket);

        TcpInfo info = deferral.whileOpen(socket::info);

        assertThat(info).isNull();
        assertThat(socket.takeCalls()).isEmpty();
    }

    // -- close

    @ParameterizedTest
    @EnumSource
    void closeTellsThePhaseBefore(Phase phase) {
        Deferral deferral = in(phase, socket);

        Phase before = deferral.close(false);

        assertThat(before).isEqualTo(phase);
        assertThat(deferral.phase()).isEqualTo(Phase.CLOSED);
    }

    @Test
    void closeOfASynThatWasNeverSentHasNothingToLingerFor() {
        Deferral deferral = in(Phase.HELD, socket);

        deferral.close(true);

        assertThat(socket.takeCalls()).containsExactly(Call.LINGER_NOT);
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = {"HELD", "CLOSED"})
    void closeWakesPollers(Phase phase) {
        Deferral deferral = in(phase, socket);

        deferral.close(true);

        assertThat(socket.takeCalls()).containsExactly(Call.SHUT_DOWN);
        assertThat(deferral.phase()).isEqualTo(Phase.CLOSED);
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "HELD")
    void closeLeavesTheSocketAloneWhereNobodyPolls(Phase phase) {
        Deferral deferral = in(phase, socket);

        deferral.close(false);

        assertThat(socket.takeCalls()).isEmpty();
    }

    @Test
    void aFlightIsOwedUntilThePeerHasIt() {
        // given
        Deferral deferral = in(Phase.HELD, socket);
        boolean before = deferral.owesFlight();

        // when
        deferral.sendFirstFlight(new byte[300]);
        boolean unanswered = deferral.owesFlight();
        deferral.hedge();
        boolean reconnecting = deferral.owesFlight();
        answerAndTakeSent(deferral);

        // then
        assertThat(List.of(before, unanswered, reconnecting, deferral.owesFlight())).containsExactly(false, true, true, false);
    }

    @Test
    void aConnectThatASignalInterruptsIsUnderWayAllTheSame() {
        // given
        Deferral deferral = in(Phase.SYN_SENT, socket);
        socket.answering(Call.CONNECT, Errno.EINTR.asResult());

        // when
        deferral.hedge();

        // then
        assertThat(deferral.phase()).isEqualTo(Phase.RECONNECTING);
    }

    @Test
    void aFirstFlightIsNotSentAgainAfterClose() {
        Deferral deferral = reconnectingWithFlight();

        deferral.close(false);
        byte[] sent = answerAndTakeSent(deferral);

        assertThat(sent).isEmpty();
        assertThat(socket.takeCalls()).isEmpty();
    }

    @ParameterizedTest(name = "{1} closed, then {0}")
    @MethodSource("everyMethodInEveryPhase")
    void nothingReachesTheDescriptorAfterClose(Method method, Phase phase) throws Exception {
        Deferral deferral = in(phase, socket);
        deferral.close(true);
        socket.takeCalls();

        for (Object[] arguments : arguments(method)) {
            method.invoke(deferral, arguments);
        }

        assertThat(socket.takeCalls()).isEmpty();
        assertThat(deferral.phase()).isEqualTo(Phase.CLOSED);
    }

    @ParameterizedTest(name = "{1}, then {0}")
    @MethodSource("everyMethodInEveryPhase")
    void everyMethodMayBeCalledInEveryPhase(Method method, Phase phase) {
        for (Object[] arguments : arguments(method)) {
            Deferral deferral = in(phase, socket);

            assertThatNoException().isThrownBy(() -> method.invoke(deferral, arguments));
        }
    }

    /** Methods that are still to be written are tested, too. */
    static Stream<Arguments> everyMethodInEveryPhase() {
        return Stream.of(Deferral.class.getMethods())
            .filter(method -> method.getDeclaringClass() == Deferral.class && !Modifier.isStatic(method.getModifiers()))
            .sorted(Comparator.comparing(Method::getName))
            .flatMap(method -> Stream.of(Phase.values()).map(phase -> Arguments.of(method, phase)));
    }

    private List<Object[]> arguments(Method method) {
        List<Object[]> lists = new ArrayList<>(List.<Object[]>of(new Object[method.getParameterCount()]));
        for (int i = 0; i < method.getParameterCount(); i++) {
            List<Object[]> longer = new ArrayList<>();
            for (Object[] list : lists) {
                for (Object value : values(method.getParameterTypes()[i])) {
                    Object[] extended = list.clone();
                    extended[i] = value;
                    longer.add(extended);
                }
            }
            lists = longer;
        }
        return lists;
    }

    private List<Object> values(Class<?> type) {
        if (type == boolean.class) {
            return List.of(false, true);
        } else if (type == byte[].class) {
            return List.of(FLIGHT);
        } else if (type == int.class) {
            return List.of(0, 1);
        } else if (type == long.class) {
            return List.of(0L, 1L);
        } else if (type == Outcome.class) {
            return List.<Object>of((Object[]) Outcome.values());
        } else if (type == Supplier.class) {
            return List.of((Supplier<?>) socket::info);
        }
        throw new AssertionError("this test must learn what to pass for " + type);
    }

    private Deferral armedInBlockingMode() {
        Deferral deferral = Deferral.deferrable(socket, REMOTE, false, false, relocations::incrementAndGet);
        deferral.arm();
        socket.takeCalls();
        return deferral;
    }

    /** The first flight's SYN was answered by a reset. */
    private Deferral reconnectingWithFlight() {
        Deferral deferral = in(Phase.HELD, socket);
        deferral.sendFirstFlight(FLIGHT);
        socket.answering(FakeTcpSocket.CLOSED);
        deferral.poll();
        socket.answering(FakeTcpSocket.SYN_SENT);
        socket.takeSent();
        socket.takeCalls();
        assertThat(deferral.phase()).isEqualTo(Phase.RECONNECTING);
        return deferral;
    }

    /** The peer answers the SYN that left last: what is sent then. */
    private byte[] answerAndTakeSent(Deferral deferral) {
        socket.answering(TcpInfo.of(1, false, ClientFail.UNSPECIFIED, 0, ORDINARY_RTT_MICROS));
        deferral.poll();
        return socket.takeSent();
    }

    /** An attempt of a non-blocking channel in a phase; the calls that led there are forgotten. */
    private Deferral in(Phase phase, FakeTcpSocket socket) {
        Deferral deferral = phase == Phase.ORDINARY ? Deferral.ordinary(socket, REMOTE)
            : Deferral.deferrable(socket, REMOTE, true, false, relocations::incrementAndGet);
        switch (phase) {
            case ORDINARY:
                break;
            case ARMED:
                deferral.arm();
                break;
            case ASKED:
                deferral.arm();
                deferral.asked();
                break;
            case CLOSED:
                deferral.close(false);
                break;
            default:
                deferral.arm();
                deferral.held();
                leaveHeld(deferral, phase, socket);
        }
        socket.takeCalls();
        assertThat(deferral.phase()).isEqualTo(phase);
        return deferral;
    }

    private static void leaveHeld(Deferral deferral, Phase phase, FakeTcpSocket socket) {
        if (phase == Phase.HELD) {
            return;
        }
        deferral.release(Outcome.WINDOW_ELAPSED);
        if (phase != Phase.SYN_SENT) {
            socket.answering(phase == Phase.ESTABLISHED ? FakeTcpSocket.ESTABLISHED : FakeTcpSocket.CLOSED);
            deferral.poll();
            if (phase == Phase.FAILED) {
                deferral.poll();
            }
            socket.answering(FakeTcpSocket.SYN_SENT);
        }
    }
}
