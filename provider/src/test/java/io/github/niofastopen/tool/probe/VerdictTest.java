// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.tool.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.niofastopen.outcome.Outcome;
import io.github.niofastopen.outcome.Report;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is made of outcomes and times; each verdict is provoked on a path elsewhere. */
class VerdictTest {
    private static final InetSocketAddress REMOTE = new InetSocketAddress("192.0.2.2", 443);

    @ParameterizedTest
    @CsvSource(textBlock = """
        ACCEPTED,              400, ACCEPTED
        TOO_LARGE,            1600, TOO_LARGE
        NO_COOKIE,               0, NO_COOKIE
        DATA_NOT_ACKNOWLEDGED, 400, IGNORED
        SYN_RESENT,            400, LOST
        HEDGED,                400, LOST
        SYN_RESENT,              0, OPTION_LOST
        HEDGED,                  0, OPTION_LOST
        RESET,                 400, REFUSED
        LOST,                  400, CUT_OFF
        UNANSWERED,            400, CUT_OFF
        UNSUPPORTED,             0, NOT_TRIED
        """)
    void anOutcomeIsWhatServerOrPathMadeOfTheSyn(Outcome outcome, int offered, Verdict verdict) {
        assertThat(Verdict.of(outcome, offered)).isEqualTo(verdict);
    }

    @Test
    void theVerdictIsThatOfMostConnections() {
        Measurement measured = measured(fastOpen(Outcome.ACCEPTED, 50), fastOpen(Outcome.HEDGED, 300), fastOpen(Outcome.ACCEPTED, 60));

        assertThat(measured.verdict()).isEqualTo(Verdict.ACCEPTED);
        assertThat(measured.agreeing()).isEqualTo(2);
        assertThat(measured.typicalFastOpen().timeline().firstByte()).isEqualTo(50_000_000);
    }

    @Test
    void timesAreMedians() {
        Measurement odd = measured(fastOpen(Outcome.ACCEPTED, 50), fastOpen(Outcome.ACCEPTED, 900), fastOpen(Outcome.ACCEPTED, 52));
        Measurement even = measured(fastOpen(Outcome.ACCEPTED, 50), fastOpen(Outcome.ACCEPTED, 51), fastOpen(Outcome.ACCEPTED, 900),
            fastOpen(Outcome.ACCEPTED, 52));

        assertThat(odd.savedMillis()).isEqualTo(100 - 52);
        assertThat(even.savedMillis()).isEqualTo(100 - 51.5);
    }

    private static Measurement measured(Sample... fastOpen) {
        List<Sample> shuffled = new ArrayList<>(Arrays.asList(fastOpen));
        Collections.rotate(shuffled, 1);
        return new Measurement(Target.parse("192.0.2.2"), REMOTE, List.of(sample(null, 100)), shuffled, List.of(), null, 8, false, 1420);
    }

    private static Sample fastOpen(Outcome outcome, int millis) {
        return sample(new Report(REMOTE, outcome, 400, 400, 0, 0, 50_000), millis);
    }

    private static Sample sample(Report report, int millis) {
        return new Sample(new Timeline(1, 2, 3, 3, millis * 1_000_000L, 0, 0, 400, "TLSv1.3", 50_000), new Handshake(null, null, null), report);
    }
}
