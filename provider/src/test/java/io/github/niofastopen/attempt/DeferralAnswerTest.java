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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

/** The peer answers, and the kernel tells what became of the first flight. */
class DeferralAnswerTest extends DeferralFixture {
    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = {"ASKED", "ASKING_AGAIN", "SYN_SENT", "RECONNECTING", "UNPROVEN", "COMPARED"})
    void aPollAsksTheKernelOnlyWhileTheAnswerIsOpen(Phase phase) {
        Deferral deferral = in(phase, socket);

        Phase polled = deferral.poll();

        assertThat(polled).isEqualTo(phase);
        assertThat(socket.takeCalls()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"ASKED", "ASKING_AGAIN", "SYN_SENT", "RECONNECTING"})
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

        assertThat(polled).isEqualTo(Phase.ANSWERED);
        assertThat(deferral.outcome()).isEqualTo(Outcome.NO_COOKIE);
        assertThat(deferral.rttMicros()).isEqualTo(FakeTcpSocket.RTT_MICROS);
    }

    @Test
    void aRequestForACookieThatWasSentAgainSaysSo() {
        Deferral deferral = in(Phase.ASKED, socket);
        socket.answering(TcpInfo.of(1, false, ClientFail.UNSPECIFIED, 1, 50_000));

        deferral.poll();

        assertThat(deferral.phase()).isEqualTo(Phase.ANSWERED);
        assertThat(deferral.outcome()).isEqualTo(Outcome.SYN_RESENT);
    }

    /** A SYN whose data was taken off on its way is followed by the data: not every segment sent again is a lost SYN. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        true  | UNSPECIFIED        | 0 | ACCEPTED
        false | UNSPECIFIED        | 1 | DATA_NOT_ACKNOWLEDGED
        false | DATA_NOT_ACKED     | 1 | DATA_NOT_ACKNOWLEDGED
        false | COOKIE_UNAVAILABLE | 1 | DATA_NOT_ACKNOWLEDGED
        false | SYN_RETRANSMITTED  | 1 | SYN_TOO_LONG
        true  | SYN_RETRANSMITTED  | 1 | SYN_TOO_LONG
        """)
    void theKernelTellsWhatBecameOfTheFirstFlight(boolean acknowledged, ClientFail fail, int resent, Outcome outcome) {
        Deferral deferral = in(Phase.HELD, socket);
        deferral.sendFirstFlight(FLIGHT);
        socket.answering(TcpInfo.of(1, acknowledged, fail, resent, 50_000));

        Outcome before = deferral.outcome();
        deferral.poll();
        boolean open = deferral.isWatched();
        deferral.conclude();

        assertThat(before).isNull();
        assertThat(open).as("what that costs is to be seen").isEqualTo(outcome == Outcome.DATA_NOT_ACKNOWLEDGED);
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
}
