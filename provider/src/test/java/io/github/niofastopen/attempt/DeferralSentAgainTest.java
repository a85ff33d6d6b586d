// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.niofastopen.attempt.FakeTcpSocket.Call;
import io.github.niofastopen.linux.Errno;
import io.github.niofastopen.outcome.Outcome;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A first flight whose SYN was answered by a reset is owed to the peer. */
class DeferralSentAgainTest extends DeferralFixture {
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
        assertThat(socket.takeCalls()).doesNotContain(Call.SEND);
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
        assertThat(List.of(before, unanswered, reconnecting, deferral.owesFlight())).containsExactly(false, false, true, false);
    }
}
