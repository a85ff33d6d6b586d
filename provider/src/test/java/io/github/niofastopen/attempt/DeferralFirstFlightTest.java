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

/** A SYN that was held back leaves with the first flight. */
class DeferralFirstFlightTest extends DeferralFixture {
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
}
