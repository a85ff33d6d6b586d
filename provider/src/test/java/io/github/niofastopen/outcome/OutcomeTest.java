// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OutcomeTest {

    @Test
    void aSynThatWasLostOrRefusedBlamesThePath() {
        assertThat(Outcome.values()).filteredOn(Outcome::blamesPath)
            .containsExactlyInAnyOrder(Outcome.SYN_RESENT, Outcome.HEDGED, Outcome.RESET, Outcome.LOST, Outcome.UNANSWERED);
    }

    @Test
    void aSynWithDataThatWasAnswered() {
        assertThat(Outcome.values()).filteredOn(Outcome::carriesData)
            .containsExactlyInAnyOrder(Outcome.ACCEPTED, Outcome.TOO_LARGE, Outcome.DATA_NOT_ACKNOWLEDGED, Outcome.UNANSWERED_TWICE);
    }

    @Test
    void aSynThatAskedForACookieShowsThatThePathCarriesTheOption() {
        assertThat(Outcome.values()).filteredOn(outcome -> outcome.carriesOption() && !outcome.carriesData())
            .containsExactly(Outcome.NO_COOKIE);
    }

    @Test
    void whatBlamesThePathIsNoAnswer() {
        assertThat(Outcome.values()).noneMatch(outcome -> outcome.blamesPath() && outcome.carriesData());
    }
}
