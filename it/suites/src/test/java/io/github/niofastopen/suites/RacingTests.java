// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.suites;

import java.util.Map;

/** Tests that race with the other end of their own connection: they fail now and then, whoever's channels they run on. */
final class RacingTests {
    /** Kafka says so of the second (KAFKA-14249), which inherits what it does, as does the first. */
    private static final String ANSWER_OUTRUN = "expects nothing to be readable right after it has sent its ClientHello";

    private static final Map<Suite, Map<String, String>> REASONS = Map.of(
        Suite.NETTY, Map.of(),
        Suite.KAFKA, Map.of(
            "Tls12SelectorTest.testCloseOldestConnection", ANSWER_OUTRUN,
            "Tls13SelectorTest.testCloseOldestConnection", ANSWER_OUTRUN),
        Suite.GRIZZLY, Map.of());

    private RacingTests() {
    }

    /** What a test races for, by its name. */
    static Map<String, String> of(Suite suite) {
        return REASONS.get(suite);
    }
}
