// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.niofastopen.attempt.FakeTcpSocket.Call;
import io.github.niofastopen.linux.Errno;
import io.github.niofastopen.linux.TcpInfo;
import io.github.niofastopen.linux.TcpInfo.ClientFail;
import io.github.niofastopen.outcome.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of an attempt at connect: armed, held back, asking for a cookie, or the JDK's own. */
class DeferralConnectTest extends DeferralFixture {
    @Test
    void aWatchedAttemptAsksNothingOfTheKernel() {
        Deferral deferral = Deferral.watched(socket, REMOTE, path);

        int armed = deferral.arm(false);

        assertThat(armed).isNegative();
        assertThat(deferral.phase()).isEqualTo(Phase.WATCHED);
        assertThat(socket.takeCalls()).isEmpty();
    }

    @Test
    void armingSetsTheOption() {
        Deferral deferral = Deferral.armed(socket, REMOTE, path);

        int armed = deferral.arm(false);

        assertThat(armed).isZero();
        assertThat(deferral.phase()).isEqualTo(Phase.ARMED);
        assertThat(socket.takeCalls()).containsExactly(Call.SET_OPTION);
    }

    @ParameterizedTest
    @EnumSource(names = {"EOPNOTSUPP", "ENOPROTOOPT", "EPERM"})
    void aRefusedOptionLeavesNothingButToWatch(Errno refusal) {
        socket.answering(Call.SET_OPTION, refusal.asResult());
        Deferral deferral = Deferral.armed(socket, REMOTE, path);

        int armed = deferral.arm(false);

        assertThat(armed).isEqualTo(refusal.asResult());
        assertThat(deferral.phase()).isEqualTo(Phase.WATCHED);
    }

    @Test
    void aSynThatAsksIsSentInTheJdksPlace() {
        Deferral deferral = in(Phase.ARMED, socket);

        boolean asked = deferral.ask();

        assertThat(asked).isTrue();
        assertThat(deferral.phase()).isEqualTo(Phase.ASKED);
        assertThat(socket.connectedTo()).isEqualTo(REMOTE);
        assertThat(socket.takeCalls()).containsExactly(Call.CONNECT);
    }

    @Test
    void whereTheKernelHoldsTheSynBackTheSocketIsAsItWasForTheJdksConnect() {
        Deferral deferral = in(Phase.ARMED, socket);
        socket.answering(Call.CONNECT, 0);

        boolean asked = deferral.ask();

        assertThat(asked).isFalse();
        assertThat(deferral.phase()).isEqualTo(Phase.ARMED);
        assertThat(socket.takeCalls()).containsExactly(Call.CONNECT, Call.INFO, Call.DISCONNECT, Call.TAKE_ERROR);
    }

    /** As a library does that is preloaded to lead connections through a proxy. */
    @Test
    void whereConnectReturnsWithAConnectionTheJdksIsAnOrdinaryOne() {
        Deferral deferral = in(Phase.ARMED, socket);
        socket.answering(Call.CONNECT, 0).answering(ACCEPTED);

        boolean asked = deferral.ask();

        assertThat(asked).isFalse();
        assertThat(deferral.phase()).isEqualTo(Phase.WATCHED);
        assertThat(socket.takeCalls()).containsExactly(Call.CONNECT, Call.INFO, Call.DISCONNECT, Call.TAKE_ERROR, Call.CLEAR_OPTION);
    }

    @Test
    void whereASandboxRefusesToLetGoOfTheSynItLeaves() {
        Deferral deferral = in(Phase.ARMED, socket);
        socket.answering(Call.CONNECT, 0).answering(Call.DISCONNECT, Errno.EPERM.asResult());

        boolean asked = deferral.ask();

        assertThat(asked).isTrue();
        assertThat(deferral.phase()).isEqualTo(Phase.ASKED);
        assertThat(socket.takeCalls()).containsExactly(Call.CONNECT, Call.INFO, Call.DISCONNECT, Call.SEND_BARE_SYN);
    }

    @ParameterizedTest
    @EnumSource(names = {"ENETUNREACH", "EADDRNOTAVAIL", "EACCES"})
    void whatTheKernelRefusesIsLeftToTheJdkToFind(Errno refusal) {
        Deferral deferral = in(Phase.ARMED, socket);
        socket.answering(Call.CONNECT, refusal.asResult());

        boolean asked = deferral.ask();

        assertThat(asked).isFalse();
        assertThat(deferral.phase()).isEqualTo(Phase.ARMED);
        assertThat(socket.takeCalls()).containsExactly(Call.CONNECT);
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "ARMED")
    void laterThanConnectNothingIsAsked(Phase phase) {
        Deferral deferral = in(phase, socket);
        socket.takeCalls();

        assertThat(deferral.ask()).isFalse();

        assertThat(deferral.phase()).isEqualTo(phase);
        assertThat(socket.takeCalls()).isEmpty();
    }

    @Test
    void disarmingTakesTheOptionBack() {
        Deferral deferral = in(Phase.ARMED, socket);

        deferral.disarm();

        assertThat(deferral.phase()).isEqualTo(Phase.WATCHED);
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
        assertThat(deferral.outcome()).isNull();
        assertThat(socket.takeCalls()).isEmpty();
    }

    @Test
    void aConnectThatReturnsAtOnceInNonBlockingModeIsHeld() {
        Deferral deferral = in(Phase.ARMED, socket);

        deferral.held();

        assertThat(deferral.phase()).isEqualTo(Phase.HELD);
        assertThat(socket.takeCalls()).isEmpty();
    }

    @Test
    void aBlockingConnectIsHeldWhereTheKernelIsInSynSent() {
        Deferral deferral = armed();

        deferral.heldUnlessAnswered();

        assertThat(deferral.phase()).isEqualTo(Phase.HELD);
        assertThat(socket.takeCalls()).containsExactly(Call.INFO);
    }

    @ParameterizedTest
    @ValueSource(ints = {1 /* ESTABLISHED */, 8 /* CLOSE_WAIT */})
    void aBlockingConnectThatHasTakenTheHandshakeIsTheJdksAndHadNoCookie(int state) {
        socket.answering(FakeTcpSocket.inState(state));
        Deferral deferral = armed();

        deferral.heldUnlessAnswered();

        assertThat(deferral.phase()).isEqualTo(Phase.ANSWERED);
        assertThat(deferral.outcome()).isEqualTo(Outcome.NO_COOKIE);
        assertThat(deferral.rttMicros()).isEqualTo(FakeTcpSocket.RTT_MICROS);
        assertThat(socket.takeCalls()).containsExactly(Call.INFO);
    }

    @Test
    void aBlockingConnectWhoseSynWasSentAgainSaysSo() {
        socket.answering(TcpInfo.of(1, false, ClientFail.UNSPECIFIED, 1, 40_000));
        Deferral deferral = armed();

        deferral.heldUnlessAnswered();

        assertThat(deferral.phase()).isEqualTo(Phase.ANSWERED);
        assertThat(deferral.outcome()).isEqualTo(Outcome.SYN_RESENT);
    }

    @Test
    void aBlockingConnectOfWhichTheKernelTellsNothingIsTheJdksAndNoneFollows() {
        socket.answering(new TcpInfo(Errno.EPERM.asResult()));
        Deferral deferral = armed();

        deferral.heldUnlessAnswered();

        assertThat(deferral.phase()).isEqualTo(Phase.ANSWERED);
        assertThat(deferral.rttMicros()).isZero();
        assertThat(deferral.outcome()).isEqualTo(Outcome.UNSUPPORTED);
    }

    /** As after shutdown(2) by another thread, or {@code ss -K}. */
    @Test
    void aBlockingConnectWhoseSocketHasBeenDisconnectedSaysNothingOfTheKernel() {
        socket.answering(FakeTcpSocket.CLOSED);
        Deferral deferral = armed();

        boolean connected = deferral.heldUnlessAnswered();

        assertThat(connected).isFalse();
        assertThat(deferral.phase()).isEqualTo(Phase.ANSWERED);
        assertThat(deferral.outcome()).isNull();
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "ARMED")
    void theResultOfConnectIsIgnoredOnceItIsKnown(Phase phase) {
        Deferral deferral = in(phase, socket);

        deferral.held();
        deferral.heldUnlessAnswered();
        deferral.asked();

        assertThat(deferral.phase()).isEqualTo(phase);
        assertThat(socket.takeCalls()).isEmpty();
    }
}
