// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.niofastopen.linux.TcpInfo;
import io.github.niofastopen.linux.TcpInfo.ClientFail;
import io.github.niofastopen.outcome.Outcome;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SynAnswerTest {

    /** The kernel sends a SYN again after a second; one that it sends again sooner was too long for the path. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        true  | 50   | true  | UNSPECIFIED        | 0 | ACCEPTED
        true  | 1200 | true  | UNSPECIFIED        | 0 | ACCEPTED
        true  | 75   | false | SYN_RETRANSMITTED  | 1 | SYN_TOO_LONG
        true  | 1050 | false | SYN_RETRANSMITTED  | 1 | SYN_RESENT
        true  | 1050 | false | UNSPECIFIED        | 1 | SYN_RESENT
        true  | 50   | false | UNSPECIFIED        | 1 | DATA_NOT_ACKNOWLEDGED
        true  | 50   | false | DATA_NOT_ACKED     | 1 | DATA_NOT_ACKNOWLEDGED
        false | 1050 | false | COOKIE_UNAVAILABLE | 1 | SYN_RESENT
        false | 75   | false | COOKIE_UNAVAILABLE | 1 | SYN_RESENT
        """)
    void theKernelTellsWhatBecameOfTheSyn(boolean carried, long waitedMillis, boolean acknowledged, ClientFail fail, int resent,
            Outcome outcome) {
        TcpInfo info = TcpInfo.of(1, acknowledged, fail, resent, 50_000);

        Outcome found = new SynAnswer(info, carried, TimeUnit.MILLISECONDS.toNanos(waitedMillis)).outcome(Outcome.ACCEPTED);

        assertThat(found).isEqualTo(outcome);
    }

    @ParameterizedTest
    @CsvSource({"COOKIE_UNAVAILABLE, NO_COOKIE", "UNSPECIFIED, PAUSED_BY_KERNEL"})
    void aKernelThatHasPausedFastOpenAsksForNoCookieAndGivesNoReason(ClientFail fail, Outcome outcome) {
        TcpInfo info = TcpInfo.of(1, false, fail, 0, 50_000);

        assertThat(new SynAnswer(info, false, 0).outcome(Outcome.NO_COOKIE)).isEqualTo(outcome);
    }
}
