// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.outcomes;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What became of one test. */
public record Outcome(String test, String status, long millis, String problem) {
    private static final String MARK = "outcome";
    private static final int FIELDS = 5;

    String toLine() {
        return String.join("\t", MARK, test, status, Long.toString(millis), problem.replaceAll("\\s+", " ").trim());
    }

    /** The tests' outcomes by name, among the other lines that a program prints. */
    public static Map<String, Outcome> parse(List<String> lines) {
        Map<String, Outcome> outcomes = new TreeMap<>();
        for (String line : lines) {
            String[] fields = line.split("\t", -1);
            if (fields.length == FIELDS && fields[0].equals(MARK)) {
                Outcome outcome = new Outcome(fields[1], fields[2], Long.parseLong(fields[3]), fields[4]);
                outcomes.put(outcome.test, outcome);
            }
        }
        return outcomes;
    }

    public boolean isSuccessful() {
        return status.equals("SUCCESSFUL");
    }
}
