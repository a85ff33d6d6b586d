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

/** A SYN that was held back leaves without data. */
class DeferralReleaseTest extends DeferralFixture {
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
}
