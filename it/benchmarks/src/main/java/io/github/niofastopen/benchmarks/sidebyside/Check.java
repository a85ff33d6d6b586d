// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.benchmarks.sidebyside;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What an operation takes with both providers, side by side, and beside an earlier result. What the rounds of both sides
 * share may be chance: worse is only what has no round in common.
 */
public final class Check {
    private static final int BAD_USAGE = 2;
    private static final int WORSE = 5;
    private static final String LINE = "%-46s  %-24s  %-24s  %s%n";

    private final StringBuilder text = new StringBuilder();
    private boolean worse;

    private Check() {
    }

    /** Arguments: a result of {@code io.github.niofastopen.jmh.Compare}, and an earlier one or none. */
    public static void main(String[] args) throws IOException {
        if (args.length < 1 || args.length > 2) {
            System.err.println("check: needs a result, and an earlier one if there is one");
            System.exit(BAD_USAGE);
        }
        JsonNode now = new ObjectMapper().readTree(Path.of(args[0]).toFile());
        Check check = ofProviders(now);
        System.out.print(check);
        boolean worse = check.worse;
        if (args.length == 2) {
            Check since = since(new ObjectMapper().readTree(Path.of(args[1]).toFile()), now);
            System.out.print(System.lineSeparator() + since);
            worse |= since.worse;
        }
        System.exit(worse ? WORSE : 0);
    }

    /** The JDK's channels and ours. */
    static Check ofProviders(JsonNode result) {
        Check check = new Check();
        check.line("microseconds (least to most)", "the JDK's", "nio-fastopen", "");
        for (JsonNode row : result.get("rows")) {
            Ratios jdk = Ratios.figures(row.get("rounds"), "jdk", "micros");
            Ratios ours = Ratios.figures(row.get("rounds"), "fastOpen", "micros");
            check.compare(row, jdk, ours);
        }
        return check;
    }

    /** Ours in parts of the JDK's: machines differ, and so do their days. */
    static Check since(JsonNode before, JsonNode now) {
        Map<String, JsonNode> earlier = new HashMap<>();
        before.get("rows").forEach(row -> earlier.put(SideBySideSection.operation(row), row));
        Check check = new Check();
        check.line("time, in parts of the JDK's", "before", "now", "");
        for (JsonNode row : now.get("rows")) {
            JsonNode same = earlier.get(SideBySideSection.operation(row));
            if (same != null) {
                check.compare(row, Ratios.of(same.get("rounds"), "micros").inverse(), Ratios.of(row.get("rounds"), "micros").inverse());
            }
        }
        return check;
    }

    private void compare(JsonNode row, Ratios reference, Ratios measured) {
        boolean rose = measured.least() > reference.most();
        worse |= rose;
        line(SideBySideSection.operation(row), reference.toString(), measured.toString(), rose ? "worse" : "");
    }

    private void line(String... cells) {
        text.append(String.format(Locale.ROOT, LINE, (Object[]) cells).replaceAll(" +(\\R)$", "$1"));
    }

    boolean isWorse() {
        return worse;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
