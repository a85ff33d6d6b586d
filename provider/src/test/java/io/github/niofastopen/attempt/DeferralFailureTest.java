// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.niofastopen.attempt.FakeTcpSocket.Call;
import io.github.niofastopen.linux.Errno;
import io.github.niofastopen.outcome.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** A connection that can't be had, and for what reason. */
class DeferralFailureTest extends DeferralFixture {
    private static final int EPIPE = Errno.EPIPE.asResult();

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
    void theReasonIsTakenFromTheSocketWhenTheConnectionFailsAndKept() {
        Deferral deferral = reconnectingWithFlight();
        socket.answering(FakeTcpSocket.CLOSED).answering(Call.TAKE_ERROR, Errno.EHOSTUNREACH.asResult());
        deferral.poll();
        socket.takeCalls();

        int first = deferral.failure();
        int second = deferral.failure();

        assertThat(first).isEqualTo(Errno.EHOSTUNREACH.asResult());
        assertThat(second).isEqualTo(first);
        assertThat(socket.takeCalls()).isEmpty();
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

        assertThat(deferral.phase()).isEqualTo(Phase.ANSWERED);
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
}
