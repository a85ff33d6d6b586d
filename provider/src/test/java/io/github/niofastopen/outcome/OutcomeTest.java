// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OutcomeTest {

    @Test
    void aSynThatWasLostOrRefusedBlamesThePath() {
        assertThat(Outcome.values()).filteredOn(Outcome::blamesPath)
            .containsExactlyInAnyOrder(Outcome.SYN_RESENT, Outcome.HEDGED, Outcome.RESET);
    }

    @Test
    void aSynWithDataThatWasAnsweredClearsThePath() {
        assertThat(Outcome.values()).filteredOn(Outcome::clearsPath)
            .containsExactlyInAnyOrder(Outcome.ACCEPTED, Outcome.TOO_LARGE, Outcome.DATA_NOT_ACKNOWLEDGED);
    }

    @Test
    void aSynThatAskedForACookieShowsThatThePathCarriesTheOption() {
        assertThat(Outcome.values()).filteredOn(outcome -> outcome.carriesOption() && !outcome.clearsPath())
            .containsExactly(Outcome.NO_COOKIE);
    }

    @Test
    void whatBlamesThePathDoesNotClearIt() {
        assertThat(Outcome.values()).noneMatch(outcome -> outcome.blamesPath() && outcome.clearsPath());
    }
}
