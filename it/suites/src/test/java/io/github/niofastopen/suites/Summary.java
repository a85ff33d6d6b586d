// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.suites;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What docs/suites.md shows of a run. */
final class Summary {

    private Summary() {
    }

    static String of(List<Comparison> comparisons) {
        StringBuilder text = new StringBuilder(Comparison.HEADINGS);
        comparisons.forEach(comparison -> text.append(comparison.line()));
        for (Comparison comparison : comparisons) {
            Map<String, String> reasons = KnownDifferences.of(comparison.suite());
            reasons.putAll(RacingTests.of(comparison.suite()));
            comparison.passing(true, false).forEach((test, problem) -> text.append("\nFails on ours alone: ").append(test)
                .append("\n  ").append(reasons.getOrDefault(test, problem)));
        }
        for (Comparison comparison : comparisons) {
            comparison.passing(false, false).forEach((test, problem) -> text.append("\nFails on both: ").append(test)
                .append("\n  ").append(problem));
            comparison.passing(false, true).forEach((test, problem) -> text.append("\nFailed on the JDK's alone: ").append(test)
                .append("\n  ").append(problem));
        }
        return text.append('\n').toString();
    }

    /** Replaces what the document shows of a JDK, between two marks. */
    static void putInto(Path document, int jdk, String summary) throws IOException {
        String begin = "<!-- JDK " + jdk + " -->\n";
        String end = "<!-- end -->";
        Matcher shown = Pattern.compile(Pattern.quote(begin) + ".*?" + end, Pattern.DOTALL)
            .matcher(Files.readString(document));
        if (shown.find()) {
            Files.writeString(document,
                shown.replaceFirst(Matcher.quoteReplacement(begin + "```\n" + summary + "```\n" + end)));
        }
    }
}
