// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.niofastopen.attempt.FakeTcpSocket.Call;
import io.github.niofastopen.linux.Errno;
import io.github.niofastopen.linux.TcpInfo;
import io.github.niofastopen.outcome.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The SYN's data was taken, over a path that isn't proven: it may lose what follows. */
class DeferralUnprovenTest extends DeferralFixture {
    private static final TcpInfo HEARD = ACCEPTED.afterPassing(1 + FLIGHT.length, true, false);
    private static final TcpInfo RESET = FakeTcpSocket.CLOSED.afterPassing(1 + FLIGHT.length, false, false);
    private static final byte[] EARLY_DATA = {22, 3, 1, 0, 51, 1, 0, 0, 47, 3, 3,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 2, 0x13, 1, 1, 0, 0, 4, 0, 42, 0, 0};

    @Test
    void aProvenPathIsLookedAtNoMore() {
        Deferral deferral = in(Phase.HELD, socket);
        deferral.sendFirstFlight(FLIGHT);
        socket.answering(ACCEPTED);

        Phase phase = deferral.poll();
        socket.takeCalls();
        deferral.look();
        deferral.poll();

        assertThat(phase).isEqualTo(Phase.ESTABLISHED);
        assertThat(deferral.outcome()).isEqualTo(Outcome.ACCEPTED);
        assertThat(deferral.isWatched()).isFalse();
        assertThat(socket.takeCalls()).isEmpty();
    }

    @Test
    void aSynWithoutDataProvesNothingAndNeedsNoProof() {
        pathIsProven = false;
        Deferral deferral = in(Phase.SYN_SENT, socket);
        socket.answering(FakeTcpSocket.ESTABLISHED);

        Phase phase = deferral.poll();

        assertThat(phase).isEqualTo(Phase.ESTABLISHED);
        assertThat(deferral.isWatched()).isFalse();
    }

    @Test
    void whatItComesToIsNotKnownWithTheSynsAnswer() {
        Deferral deferral = in(Phase.UNPROVEN, socket);

        Phase phase = deferral.poll();

        assertThat(phase).isEqualTo(Phase.UNPROVEN);
        assertThat(deferral.outcome()).isNull();
    }

    @Test
    void itIsProvenByWhatArrivesAtBothEnds() {
        Deferral deferral = in(Phase.UNPROVEN, socket);

        socket.answering(HEARD);
        Phase heard = deferral.poll();
        Outcome afterTheFirstByte = deferral.outcome();
        socket.answering(ACCEPTED.afterPassing(1 + FLIGHT.length + 200, true, false));
        deferral.look();

        assertThat(heard).isEqualTo(Phase.ESTABLISHED);
        assertThat(afterTheFirstByte).isNull();
        assertThat(deferral.watch().progress()).isEqualTo(Watch.Progress.PROVEN);
        assertThat(deferral.outcome()).isEqualTo(Outcome.ACCEPTED);
    }

    @Test
    void itIsLostWhereNothingSentAfterTheSynArrives() {
        Deferral deferral = in(Phase.UNPROVEN, socket);
        socket.answering(HEARD);
        deferral.poll();
        socket.answering(afterResending(Watch.CERTAINLY_LOST));

        deferral.look();

        assertThat(deferral.outcome()).isEqualTo(Outcome.LOST);
        assertThat(deferral.isWatched()).isFalse();
    }

    @Test
    void silenceBringsAnOrdinaryConnectionInItsPlaceWhichIsSentTheHello() {
        Deferral deferral = in(Phase.UNPROVEN, socket);

        deferral.endPatience();
        Phase afterwards = deferral.phase();

        assertThat(afterwards).isEqualTo(Phase.RECONNECTING);
        assertThat(socket.takeCalls()).endsWith(RECONNECT);
        assertThat(answerAndTakeSent(deferral)).isEqualTo(FLIGHT);
        assertThat(deferral.phase()).isEqualTo(Phase.COMPARED);
        assertThat(deferral.wasLeftSilent()).isTrue();
        assertThat(deferral.outcome()).isNull();
        assertThat(relocations).hasValue(1);
    }

    @Test
    void aGapIsSeenAsLongAsNothingHasArrivedInItsOrder() {
        Deferral deferral = in(Phase.UNPROVEN, socket);
        TcpInfo silent = ACCEPTED.afterPassing(1 + FLIGHT.length, false, false);
        socket.answering(silent);
        boolean before = deferral.hasGap();
        socket.answering(silent.afterGap());
        boolean then = deferral.hasGap();
        Phase phase = deferral.poll();
        socket.answering(HEARD.afterGap());
        deferral.poll();

        assertThat(before).isFalse();
        assertThat(then).isTrue();
        assertThat(phase).as("part of an answer is none").isEqualTo(Phase.UNPROVEN);
        assertThat(deferral.hasGap()).isFalse();
    }

    @Test
    void aResetBehindAGapBringsAnOrdinaryConnectionToo() {
        Deferral deferral = in(Phase.UNPROVEN, socket);
        socket.answering(RESET.afterGap());

        Phase phase = deferral.poll();

        assertThat(phase).isEqualTo(Phase.RECONNECTING);
        assertThat(deferral.wasLeftSilent()).isFalse();
    }

    @Test
    void soDoesAResetBeforeTheFirstByte() {
        Deferral deferral = in(Phase.UNPROVEN, socket);
        socket.answering(RESET);

        Phase phase = deferral.poll();

        assertThat(phase).isEqualTo(Phase.RECONNECTING);
        assertThat(answerAndTakeSent(deferral)).isEqualTo(FLIGHT);
    }

    @Test
    void whereTheOrdinaryOneIsAnsweredTheFirstWasLost() {
        Deferral deferral = in(Phase.COMPARED, socket);
        socket.answering(HEARD);

        Phase phase = deferral.poll();

        assertThat(phase).isEqualTo(Phase.ESTABLISHED);
        assertThat(deferral.outcome()).isEqualTo(Outcome.UNANSWERED);
        assertThat(deferral.wasCleanInItsPlace()).isTrue();
    }

    @Test
    void onAPathThatLosesAtRandomThatSaysLess() {
        Deferral deferral = in(Phase.COMPARED, socket);
        socket.answering(afterResending(1));

        deferral.poll();

        assertThat(deferral.outcome()).isEqualTo(Outcome.UNANSWERED);
        assertThat(deferral.wasCleanInItsPlace()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void soItDoesWhereTheAnswerToTheOrdinaryOneHasAGap(boolean closed) {
        Deferral deferral = in(Phase.COMPARED, socket);
        socket.answering(FakeTcpSocket.ESTABLISHED.afterGap());

        if (closed) {
            deferral.close(false);
        } else {
            deferral.endPatience();
        }

        assertThat(deferral.outcome()).isEqualTo(Outcome.UNANSWERED);
        assertThat(deferral.wasCleanInItsPlace()).isFalse();
    }

    @Test
    void whatWasLostInItsPlaceIsSeenAtTheEndToo() {
        Deferral deferral = in(Phase.COMPARED, socket);
        socket.answering(afterResending(1));

        deferral.close(false);

        assertThat(deferral.outcome()).isEqualTo(Outcome.UNANSWERED);
        assertThat(deferral.wasCleanInItsPlace()).isFalse();
    }

    @Test
    void whereTheOrdinaryOneIsAsSilentTheServerIsSlow() {
        Deferral deferral = in(Phase.COMPARED, socket);

        deferral.endPatience();

        assertThat(deferral.phase()).isEqualTo(Phase.ESTABLISHED);
        assertThat(deferral.outcome()).isEqualTo(Outcome.UNANSWERED_TWICE);
        assertThat(deferral.wasComparedInFull()).isTrue();
        assertThat(socket.takeCalls()).containsExactly(Call.INFO);
    }

    @Test
    void whereItIsResetTooTheJdkFindsThat() {
        Deferral deferral = in(Phase.COMPARED, socket);
        socket.answering(RESET);

        Phase phase = deferral.poll();

        assertThat(phase).isEqualTo(Phase.ESTABLISHED);
        assertThat(deferral.outcome()).isEqualTo(Outcome.UNANSWERED_TWICE);
        assertThat(socket.takeCalls()).containsExactly(Call.INFO);
    }

    @Test
    void whatAnApplicationWritesMeanwhileIsWrittenOnce() {
        Deferral deferral = in(Phase.UNPROVEN, socket);

        deferral.commit();
        deferral.endPatience();
        socket.answering(RESET);
        deferral.poll();

        assertThat(deferral.phase()).isEqualTo(Phase.ESTABLISHED);
        assertThat(socket.takeCalls()).isEmpty();
        assertThat(deferral.isWatched()).isTrue();
    }

    @Test
    void whatTheApplicationWroteBehindItsHelloIsNotSentTwice() {
        // given: an alert that was written before the SYN was answered
        pathIsProven = false;
        Deferral deferral = in(Phase.HELD, socket);
        deferral.sendFirstFlight(FLIGHT);
        deferral.keep(new byte[] {21, 3, 3, 0, 2, 1, 0});
        socket.answering(ACCEPTED);
        deferral.poll();
        socket.takeCalls();

        // when
        deferral.endPatience();

        // then
        assertThat(deferral.phase()).isEqualTo(Phase.ESTABLISHED);
        assertThat(socket.takeCalls()).containsExactly(Call.INFO);
    }

    @Test
    void aHelloThatAnnouncesEarlyDataIsNotSentTwice() {
        pathIsProven = false;
        Deferral deferral = in(Phase.HELD, socket);
        deferral.sendFirstFlight(EARLY_DATA);
        socket.answering(ACCEPTED);
        deferral.poll();

        deferral.endPatience();

        assertThat(deferral.phase()).isEqualTo(Phase.ESTABLISHED);
        assertThat(socket.takeCalls()).doesNotContain(Call.DISCONNECT);
    }

    @Test
    void aServerThatIsKnownToBeSlowIsGivenItsTime() {
        pathIsAcquitted = true;
        pathIsProven = false;
        Deferral deferral = in(Phase.HELD, socket);
        deferral.sendFirstFlight(FLIGHT);
        socket.answering(ACCEPTED);

        Phase phase = deferral.poll();

        assertThat(phase).isEqualTo(Phase.ESTABLISHED);
        assertThat(deferral.isWatched()).isTrue();
    }

    @Test
    void whereASandboxRefusesTheDisconnectTheSilentConnectionStays() {
        Deferral deferral = in(Phase.UNPROVEN, socket);
        socket.answering(Call.DISCONNECT, Errno.EPERM.asResult());

        deferral.endPatience();

        assertThat(deferral.phase()).isEqualTo(Phase.ESTABLISHED);
        assertThat(socket.takeCalls()).containsExactly(Call.INFO, Call.DISCONNECT);
    }

    @Test
    void anOrdinaryOneThatIsRefusedIsTheEnd() {
        Deferral deferral = in(Phase.UNPROVEN, socket);
        deferral.endPatience();
        socket.answering(FakeTcpSocket.CLOSED).answering(Call.TAKE_ERROR, Errno.ECONNREFUSED.asResult());

        Phase phase = deferral.poll();

        assertThat(phase).isEqualTo(Phase.FAILED);
        assertThat(deferral.failure()).isEqualTo(Errno.ECONNREFUSED.asResult());
    }

    // -- close

    @Test
    void theEndOfASilentConnectionIsNoProof() {
        peerHasHadTime = true;
        Deferral deferral = in(Phase.UNPROVEN, socket);

        deferral.close(false);

        assertThat(deferral.outcome()).isEqualTo(Outcome.ACCEPTED);
        assertThat(deferral.watch().progress()).isEqualTo(Watch.Progress.DOUBTFUL);
    }

    @Test
    void whatIsLostIsFoundAtTheEndToo() {
        Deferral deferral = in(Phase.UNPROVEN, socket);
        deferral.commit();
        socket.answering(afterResending(Watch.CERTAINLY_LOST));

        deferral.close(false);

        assertThat(deferral.outcome()).isEqualTo(Outcome.LOST);
    }

    @Test
    void anOrdinaryOneThatIsGivenUpDecidesNothing() {
        Deferral deferral = in(Phase.COMPARED, socket);

        deferral.close(false);

        assertThat(deferral.outcome()).isEqualTo(Outcome.UNANSWERED_TWICE);
        assertThat(deferral.wasComparedInFull()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(names = {"UNPROVEN", "COMPARED"})
    void whatIsToldBeforeTheEndStays(Phase phase) {
        Deferral deferral = in(phase, socket);
        socket.answering(HEARD);
        deferral.poll();
        deferral.conclude();
        Outcome told = deferral.outcome();
        socket.answering(afterResending(Watch.CERTAINLY_LOST));

        deferral.close(false);

        assertThat(deferral.outcome()).isEqualTo(told).isEqualTo(phase == Phase.UNPROVEN ? Outcome.ACCEPTED : Outcome.UNANSWERED);
    }

    private static TcpInfo afterResending(int times) {
        return TcpInfo.of(1, true, TcpInfo.ClientFail.UNSPECIFIED, times, FakeTcpSocket.RTT_MICROS)
            .afterPassing(1 + FLIGHT.length, true, true);
    }
}
