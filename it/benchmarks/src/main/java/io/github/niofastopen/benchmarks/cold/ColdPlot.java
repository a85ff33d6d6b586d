// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.benchmarks.cold;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.niofastopen.benchmarks.program.BarChart;
import io.github.niofastopen.benchmarks.program.Sample;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;

/** The time from the start of a program to its first byte: a group of bars for each JDK and client, of all processors. */
final class ColdPlot {
    private static final int[] COLORS = {0x9ecae1, 0x084594, 0xfdd0a2, 0xd94801};

    private final List<JsonNode> cases;
    private final List<JsonNode> plain;

    private ColdPlot(JsonNode result) {
        cases = StreamSupport.stream(result.get("cases").spliterator(), false)
            .filter(one -> text(one, "processor").equals(Throttle.NONE.toString())).toList();
        plain = cases.stream().filter(ColdPlot::isPlain).toList();
    }

    static void draw(JsonNode result, Path svg) throws IOException {
        ColdPlot plot = new ColdPlot(result);
        List<String> groups = plot.plain.stream().map(one -> text(one, "jdk") + ", " + text(one, "client").split(",")[0]).toList();
        new BarChart("From the start of a program to its first byte", "ms (median)", "0", groups, COLORS)
            .bars("the JDK's", plot.medians(true, "off")).bars("nio-fastopen", plot.medians(true, "on"))
            .bars("the JDK's, archive of classes", plot.medians(false, "off"))
            .bars("nio-fastopen, archive of classes", plot.medians(false, "on")).write(svg);
    }

    private List<Double> medians(boolean ofPlain, String provider) {
        return plain.stream().map(one -> ofPlain ? one : archived(one))
            .map(one -> one == null ? null : (Double) Sample.of(one.get(provider).get("firstByteMillis")).median()).toList();
    }

    /** The same with an archive, or null. */
    private JsonNode archived(JsonNode one) {
        return cases.stream().filter(other -> !isPlain(other) && text(other, "jdk").equals(text(one, "jdk"))
            && text(other, "client").equals(text(one, "client"))).findFirst().orElse(null);
    }

    private static boolean isPlain(JsonNode one) {
        return text(one, "archive").equals("none");
    }

    private static String text(JsonNode node, String name) {
        return node.get(name).asText();
    }
}
