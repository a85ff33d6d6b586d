// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.suites;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.niofastopen.it.outcomes.Deferred;
import io.github.niofastopen.it.outcomes.Outcome;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    private static final String RACING = "Tls12SelectorTest.testCloseOldestConnection";
    private static final String STEADY = "PlaintextSelectorTest.testCloseOldestConnection";

    @Test
    void aTestThatFailsWithUsAloneIsADifferenceUnlessItRaces() {
        // given
        Map<String, Outcome> onTheJdks = outcomes("SUCCESSFUL", RACING, STEADY);
        Map<String, Outcome> onOurs = outcomes("FAILED", RACING, STEADY);

        // when
        Comparison comparison = new Comparison(Suite.KAFKA, onTheJdks, onOurs, new Deferred(1, 1));

        // then
        assertThat(comparison.differences()).containsOnlyKeys(STEADY);
        assertThat(comparison.passing(true, false)).containsOnlyKeys(RACING, STEADY);
    }

    @Test
    void aTestThatFailsOnBothIsNoDifference() {
        // given
        Map<String, Outcome> onEither = outcomes("FAILED", STEADY);

        // when
        Comparison comparison = new Comparison(Suite.KAFKA, onEither, onEither, new Deferred(1, 1));

        // then
        assertThat(comparison.differences()).isEmpty();
    }

    private static Map<String, Outcome> outcomes(String status, String... tests) {
        return Arrays.stream(tests).collect(Collectors.toMap(test -> test, test -> new Outcome(test, status, 1, "")));
    }
}
