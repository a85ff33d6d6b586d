// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.benchmarks.sidebyside;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.niofastopen.benchmarks.program.BarChart;
import io.github.niofastopen.benchmarks.program.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** A table of what both providers take for the same operations. */
public final class SideBySideSection {
    private static final int LIGHT = 0x9ecae1;
    private static final int DARK = 0x084594;

    private SideBySideSection() {
    }

    /** @param result what {@code io.github.niofastopen.jmh.Compare} has written */
    public static String markdown(JsonNode result) {
        Table table = new Table("operation", "the JDK's, µs", "nio-fastopen, µs", "throughput ratio", "per CPU second",
            "the JDK's, bytes", "nio-fastopen, bytes");
        int rounds = 0;
        for (JsonNode row : result.get("rows")) {
            JsonNode each = row.get("rounds");
            rounds = each.size();
            table.row(operation(row), micros(each, "jdk"), micros(each, "fastOpen"), Ratios.of(each, "micros").toString(),
                Ratios.of(each, "processorMicros").toString(), bytes(each, "jdk"), bytes(each, "fastOpen"));
        }
        return "JDK " + result.get("jdk").asText() + ", " + rounds + (rounds == 1 ? " round" : " rounds") + ".\n\n" + table;
    }

    /** Draws the times of both, as SVG. */
    public static void plot(JsonNode result, String title, Path svg) throws IOException {
        List<String> groups = new ArrayList<>();
        List<Double> jdk = new ArrayList<>();
        List<Double> fastOpen = new ArrayList<>();
        for (JsonNode row : result.get("rows")) {
            groups.add(StreamSupport.stream(row.get("parameters").spliterator(), false).map(SideBySideSection::word)
                .collect(Collectors.joining(", ")));
            jdk.add(Ratios.figures(row.get("rounds"), "jdk", "micros").median());
            fastOpen.add(Ratios.figures(row.get("rounds"), "fastOpen", "micros").median());
        }
        new BarChart(title, "µs (median)", "0", groups, LIGHT, DARK).bars("the JDK's", jdk).bars("nio-fastopen", fastOpen).write(svg);
    }

    private static String word(JsonNode parameter) {
        return parameter.asText().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    static String operation(JsonNode row) {
        List<String> words = new ArrayList<>();
        row.get("parameters").properties().forEach(each -> words.add(each.getKey() + " " + word(each.getValue())));
        String name = row.get("benchmark").asText();
        return words.isEmpty() ? name : name + ": " + String.join(", ", words);
    }

    private static String micros(JsonNode rounds, String provider) {
        return String.format(Locale.ROOT, "%.1f", Ratios.figures(rounds, provider, "micros").median());
    }

    private static String bytes(JsonNode rounds, String provider) {
        return String.format(Locale.ROOT, "%.0f", Ratios.figures(rounds, provider, "bytes").median());
    }
}
