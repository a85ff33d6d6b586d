// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.suites;

import io.github.niofastopen.it.outcomes.Deferred;
import io.github.niofastopen.it.outcomes.Outcome;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One suite on both providers.
 *
 * @param jdk the outcomes by test on the JDK's
 * @param ours those on ours
 * @param deferred how many connections were deferred on ours
 */
record Comparison(Suite suite, Map<String, Outcome> jdk, Map<String, Outcome> ours, Deferred deferred) {
    static final String HEADINGS = """
                                                      passed on  the JDK's  ours       SYN   SYN with data
        suite                                          tests       both       only  only  held back   acknowledged
        """;

    Set<String> tests() {
        Set<String> tests = new TreeSet<>(jdk.keySet());
        tests.addAll(ours.keySet());
        return tests;
    }

    /** Tests that pass on one of the providers, or on neither, with what is wrong where they fail. */
    Map<String, String> passing(boolean onTheJdks, boolean onOurs) {
        Map<String, String> problems = new TreeMap<>();
        for (String test : tests()) {
            if (passes(jdk.get(test)) == onTheJdks && passes(ours.get(test)) == onOurs) {
                problems.put(test, problem(onOurs ? jdk.get(test) : ours.get(test)));
            }
        }
        return problems;
    }

    /** Tests that pass on the JDK's and fail on ours, but for those that may fail on either. */
    Map<String, String> differences() {
        Map<String, String> differences = passing(true, false);
        differences.keySet().removeAll(RacingTests.of(suite).keySet());
        return differences;
    }

    /** The line of the suite in the summary. */
    String line() {
        return String.format(Locale.ROOT, "%-46s%6d%11d%11d%6d%11d%15d%n", suite.coordinates(), tests().size(),
            passing(true, true).size(), passing(true, false).size(), passing(false, true).size(), deferred.held(),
            deferred.acknowledged());
    }

    /** Each test with its outcome on both providers, tabs between the columns. */
    String table() {
        StringBuilder table = new StringBuilder("test\tthe JDK's\tms\tours\tms\n");
        for (String test : tests()) {
            table.append(test).append('\t').append(columns(jdk.get(test))).append('\t').append(columns(ours.get(test)))
                .append('\n');
        }
        return table.toString();
    }

    /** What is skipped passes: a test that assumes what isn't so. */
    private static boolean passes(Outcome outcome) {
        return outcome != null && !outcome.status().equals("FAILED");
    }

    private static String problem(Outcome outcome) {
        return outcome == null ? "not run" : outcome.problem();
    }

    private static String columns(Outcome outcome) {
        return outcome == null ? "not run\t" : outcome.status() + "\t" + outcome.millis();
    }
}
