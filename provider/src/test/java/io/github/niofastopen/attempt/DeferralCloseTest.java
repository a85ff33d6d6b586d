// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.niofastopen.attempt.FakeTcpSocket.Call;
import io.github.niofastopen.linux.TcpInfo;
import io.github.niofastopen.outcome.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** What is done with the descriptor while it is open, and at close. */
class DeferralCloseTest extends DeferralFixture {
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

        assertThat(socket.takeCalls()).endsWith(Call.SHUT_DOWN).doesNotContain(Call.DISCONNECT, Call.CONNECT);
        assertThat(deferral.phase()).isEqualTo(Phase.CLOSED);
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "HELD")
    void closeLeavesTheSocketAloneWhereNobodyPolls(Phase phase) {
        Deferral deferral = in(phase, socket);

        deferral.close(false);

        assertThat(socket.takeCalls()).isEqualTo(phase.awaitsPeer() || phase.awaitsFirstByte() ? List.of(Call.INFO) : List.of());
    }

    @ParameterizedTest
    @EnumSource(names = {"ASKED", "SYN_SENT", "RECONNECTING", "ASKING_AGAIN"})
    void anAnswerThatNobodyHasLookedForCountsAtClose(Phase phase) {
        Deferral deferral = in(phase, socket);
        socket.answering(FakeTcpSocket.ESTABLISHED);

        Phase before = deferral.close(false);

        assertThat(before.awaitsPeer()).isFalse();
        assertThat(deferral.outcome()).isNotNull().isNotEqualTo(Outcome.NOT_CONNECTED);
    }

    @Test
    void aFirstFlightIsNotSentAgainAfterClose() {
        Deferral deferral = reconnectingWithFlight();

        deferral.close(false);
        socket.takeCalls();
        byte[] sent = answerAndTakeSent(deferral);

        assertThat(sent).isEmpty();
        assertThat(socket.takeCalls()).isEmpty();
    }
}
