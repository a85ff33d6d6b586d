// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.benchmarks.startup;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.niofastopen.benchmarks.program.BarChart;
import io.github.niofastopen.benchmarks.program.Sample;
import io.github.niofastopen.benchmarks.program.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The section on start-up of the document of results. */
public final class StartUpSection {
    private static final int[] COLORS = {0x9ecae1, 0x084594, 0xd94801};

    private StartUpSection() {
    }

    /** @param result what {@link StartUpBenchmark} has written */
    public static String markdown(JsonNode result) {
        Table table = new Table("JDK", "archive of classes", "by", "rounds", "without it", "with it", "more, wall time",
            "more, processor time");
        for (JsonNode one : result.get("cases")) {
            row(table, one, "on", "the switch");
            row(table, one, "agent", "the agent");
        }
        return "## Start-up\n\n![Time of a JVM that opens one SocketChannel](startup.svg)\n\nA JVM that opens one `SocketChannel` and ends, without the provider, with the switch and with the"
            + " agent by turns. Times are\nmedians; what the provider adds is the median of the differences within a round, with"
            + " the interval that holds it with 95 %\nconfidence. The agent changes `java.net.Socket`, too.\n\n" + table;
    }

    private static void row(Table table, JsonNode one, String name, String by) {
        JsonNode on = one.get(name);
        if (on != null) {
            JsonNode off = one.get("off");
            Sample wall = Sample.ofDifferences(off.get("wallMillis"), on.get("wallMillis"));
            Sample processor = Sample.ofDifferences(off.get("processorMillis"), on.get("processorMillis"));
            table.row(one.get("jdk").asText(), one.get("archive").asBoolean() ? "yes" : "no", by, String.valueOf(wall.size()),
                millis(Sample.of(off.get("wallMillis")).median()), millis(Sample.of(on.get("wallMillis")).median()),
                interval(wall), interval(processor));
        }
    }

    /** Draws the medians of wall time, as SVG. */
    public static void plot(JsonNode result, Path svg) throws IOException {
        List<String> groups = cases(result).map(one -> "JDK " + one.get("jdk").asText()
            + (one.get("archive").asBoolean() ? ", archive of classes" : "")).toList();
        BarChart chart = new BarChart("A JVM that opens one SocketChannel and ends", "ms (median)", "0", groups, COLORS);
        add(chart, result, "without nio-fastopen", "off");
        add(chart, result, "with the switch", "on");
        add(chart, result, "with the agent", "agent");
        chart.write(svg);
    }

    private static void add(BarChart chart, JsonNode result, String words, String name) {
        if (cases(result).anyMatch(one -> one.has(name))) {
            chart.bars(words, cases(result)
                .map(one -> one.has(name) ? (Double) Sample.of(one.get(name).get("wallMillis")).median() : null).toList());
        }
    }

    private static Stream<JsonNode> cases(JsonNode result) {
        return StreamSupport.stream(result.get("cases").spliterator(), false);
    }

    private static String millis(double value) {
        return String.format(Locale.ROOT, "%.0f ms", value);
    }

    private static String interval(Sample differences) {
        return String.format(Locale.ROOT, "%.1f ms (%.0f to %.0f)", differences.median(), differences.medianAtLeast(),
            differences.medianAtMost());
    }
}
