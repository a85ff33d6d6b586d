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

/** A SYN that isn't answered in time is followed by an ordinary connect. */
class DeferralHedgeTest extends DeferralFixture {
    private static final int EALREADY = -114;

    @ParameterizedTest
    @EnumSource(names = {"ASKED", "SYN_SENT"})
    void aSynThatIsNotAnsweredInTimeIsFollowedByAnOrdinaryConnect(Phase phase) {
        Deferral deferral = in(phase, socket);

        deferral.hedge();

        assertThat(deferral.phase()).isEqualTo(phase == Phase.ASKED ? Phase.ASKING_AGAIN : Phase.RECONNECTING);
        assertThat(socket.takeCalls()).startsWith(Call.INFO).endsWith(RECONNECT);
        answerAndTakeSent(deferral);
        assertThat(deferral.outcome()).isEqualTo(Outcome.HEDGED);
        assertThat(deferral.phase()).isEqualTo(phase == Phase.ASKED ? Phase.ANSWERED : Phase.ESTABLISHED);
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
}
