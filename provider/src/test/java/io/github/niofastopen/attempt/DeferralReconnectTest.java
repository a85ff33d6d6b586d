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

/** A SYN that was answered by a reset is followed by an ordinary connect. */
class DeferralReconnectTest extends DeferralFixture {
    /** tcpi_state CLOSE, and tcpi_bytes_acked above zero. */
    private static final TcpInfo ANSWERED_AND_CLOSED = FakeTcpSocket.CLOSED.afterPassing(1, false, false);

    @ParameterizedTest
    @EnumSource(names = {"ASKED", "SYN_SENT"})
    void aSynThatWasResetIsFollowedByAnOrdinaryConnectOnTheSameSocket(Phase phase) {
        Deferral deferral = in(phase, socket);
        socket.answering(FakeTcpSocket.CLOSED);

        Phase polled = deferral.poll();

        assertThat(polled).isEqualTo(phase == Phase.ASKED ? Phase.ASKING_AGAIN : Phase.RECONNECTING);
        assertThat(socket.takeCalls()).startsWith(Call.INFO).endsWith(RECONNECT);
        assertThat(socket.connectedTo()).isEqualTo(REMOTE);
        assertThat(relocations).hasValue(1);
        assertThat(deferral.outcome()).isNull();
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
        assertThat(deferral.phase()).isEqualTo(Phase.ANSWERED);
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
    void aResetByAPeerThatHasAnsweredIsLeftToTheJdk() {
        Deferral deferral = in(Phase.SYN_SENT, socket);
        socket.answering(ANSWERED_AND_CLOSED);

        Phase phase = deferral.poll();

        assertThat(phase).isEqualTo(Phase.ESTABLISHED);
        assertThat(socket.takeCalls()).doesNotContain(Call.DISCONNECT, Call.TAKE_ERROR);
    }

    @Test
    void aRefusedSynWithoutDataIsLeftToTheJdkWhereThePathIsKnownToCarryFastOpen() {
        pathIsCleared = true;
        Deferral deferral = Deferral.armed(socket, REMOTE, path);
        deferral.arm(false);
        deferral.asked();
        socket.answering(FakeTcpSocket.CLOSED);
        socket.takeCalls();

        Phase phase = deferral.poll();

        assertThat(phase).isEqualTo(Phase.ANSWERED);
        assertThat(deferral.outcome()).isEqualTo(Outcome.NOT_CONNECTED);
        assertThat(socket.takeCalls()).containsExactly(Call.INFO);
    }

    /** net/ipv4/tcp_timer.c, tcp_write_timeout: an ordinary SYN was among those that the kernel has sent. */
    @ParameterizedTest
    @EnumSource(names = {"ASKED", "SYN_SENT"})
    void aSynThatTheKernelHasGivenUpIsFollowedByNoOther(Phase phase) {
        Deferral deferral = in(phase, socket);
        socket.answering(FakeTcpSocket.CLOSED).answering(Call.TAKE_ERROR, Errno.ETIMEDOUT.asResult());

        Phase polled = deferral.poll();

        assertThat(polled).isEqualTo(Phase.FAILED);
        assertThat(deferral.failure()).isEqualTo(Errno.ETIMEDOUT.asResult());
        assertThat(socket.takeCalls()).doesNotContain(Call.CONNECT);
    }

    /** A sandbox refuses the disconnect: connect(2) tells of the reset once, and works then. */
    @Test
    void aConnectThatMeetsTheResetOfTheOneBeforeIsTriedOnceMore() {
        Deferral deferral = in(Phase.SYN_SENT, socket);
        socket.answering(FakeTcpSocket.CLOSED).answering(Call.DISCONNECT, Errno.EACCES.asResult())
            .answering(Call.CONNECT, Errno.ECONNABORTED.asResult(), Errno.EINPROGRESS.asResult());

        Phase polled = deferral.poll();

        assertThat(polled).isEqualTo(Phase.RECONNECTING);
    }

    /** As a firewall of this machine does, while the SYN is being sent. */
    @ParameterizedTest
    @EnumSource(names = {"ASKED", "SYN_SENT"})
    void whatIsRefusedWithoutACloseIsReplacedOnceAndThenFails(Phase phase) {
        // given
        Deferral deferral = in(phase, socket);
        socket.answering(FakeTcpSocket.SYN_SENT).answering(Call.TAKE_ERROR, Errno.ECONNREFUSED.asResult());
        Phase first = deferral.poll();

        // when
        Phase second = deferral.poll();
        socket.answering(Call.TAKE_ERROR, Errno.ECONNREFUSED.asResult());
        Phase third = deferral.poll();
        Phase fourth = deferral.poll();

        // then
        assertThat(first).isEqualTo(phase);
        assertThat(second.isSecondSyn()).isTrue();
        assertThat(third).isEqualTo(second);
        assertThat(fourth).isEqualTo(Phase.FAILED);
        assertThat(deferral.failure()).isEqualTo(Errno.ECONNREFUSED.asResult());
    }

    /** A router has told of a smaller MTU, and the kernel sends a shorter SYN. */
    @Test
    void aSynThatWasTooLongIsNotRefused() {
        // given
        Deferral deferral = in(Phase.SYN_SENT, socket);
        socket.answering(FakeTcpSocket.SYN_SENT).answering(Call.TAKE_ERROR, Errno.EMSGSIZE.asResult());
        deferral.poll();

        // when
        Phase second = deferral.poll();

        // then
        assertThat(second).isEqualTo(Phase.SYN_SENT);
    }

    @Test
    void aBlockingReadsFirstLookAsksForNoError() {
        Deferral deferral = in(Phase.SYN_SENT, socket);
        socket.answering(FakeTcpSocket.SYN_SENT);

        deferral.poll();

        assertThat(socket.takeCalls()).containsExactly(Call.INFO);
    }

    @Test
    void anOrdinaryConnectThatIsHeldBackAndCannotLeaveFailsAsItsSynDoes() {
        Deferral deferral = in(Phase.SYN_SENT, socket);
        socket.answering(FakeTcpSocket.CLOSED).answering(Call.CONNECT, 0).answering(Call.SEND_BARE_SYN, Errno.ENETUNREACH.asResult());

        Phase polled = deferral.poll();

        assertThat(polled).isEqualTo(Phase.FAILED);
        assertThat(deferral.failure()).isEqualTo(Errno.ENETUNREACH.asResult());
    }

    /** A library under the JVM sets the option with each connect. */
    @ParameterizedTest
    @EnumSource(names = {"ASKED", "SYN_SENT"})
    void anOrdinaryConnectThatIsHeldBackAllTheSameIsLetGo(Phase phase) {
        Deferral deferral = in(phase, socket);
        socket.answering(FakeTcpSocket.CLOSED).answering(Call.CONNECT, 0);

        deferral.poll();

        assertThat(socket.takeCalls()).endsWith(Call.CONNECT, Call.SEND_BARE_SYN);
    }
}
