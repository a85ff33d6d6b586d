// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.benchmarks.cold;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.niofastopen.benchmarks.program.Sample;
import io.github.niofastopen.benchmarks.program.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.StreamSupport;

/** The section on programs that have just been started of the document of results. */
public final class ColdSection {
    private ColdSection() {
    }

    /** @param result what {@link ColdBenchmark} has written */
    public static String markdown(JsonNode result) {
        Table table = new Table("JDK", "client", "archive", "processors", "ClientHellos in the SYN", "first byte, the JDK's", "nio-fastopen",
            "sooner", "whole program, the JDK's", "nio-fastopen", "sooner");
        for (JsonNode one : result.get("cases")) {
            JsonNode off = one.get("off");
            JsonNode on = one.get("on");
            table.row(text(one, "jdk"), text(one, "client"), text(one, "archive"), text(one, "processor"), hellos(on),
                spread(off, "firstByteMillis"), spread(on, "firstByteMillis"), sooner(off, on, "firstByteMillis"),
                spread(off, "programMillis"), spread(on, "programMillis"), sooner(off, on, "programMillis"));
        }
        return String.format(Locale.ROOT, "## Cold starts%n%n![From the start of a program to its first byte](cold.svg)%n%nA program makes one HTTPS connection over a path of %.0f ms, and ends. The kernel has the"
            + " server's cookie. Times are in ms from the%nstart of the process, medians of %d starts of each provider's by turns (least to"
            + " most); *sooner* is the median of the differences of the%npairs. A part of a processor is given %s. On JDK 27 the key shares"
            + " are x25519 and secp256r1. A CDS archive%nfor an agent is of a program without one.%n%n", result.get("rttMillis").asDouble(),
            result.get("starts").asInt(), text(result, "throttling")) + table;
    }

    /** Draws the first bytes of programs with all of the processors, as SVG. */
    public static void plot(JsonNode result, Path svg) throws IOException {
        ColdPlot.draw(result, svg);
    }

    private static String text(JsonNode node, String name) {
        return node.get(name).asText();
    }

    private static String hellos(JsonNode figures) {
        JsonNode all = figures.get("helloInSyn");
        return StreamSupport.stream(all.spliterator(), false).filter(JsonNode::asBoolean).count() + " of " + all.size();
    }

    private static String spread(JsonNode figures, String name) {
        Sample sample = Sample.of(figures.get(name));
        return String.format(Locale.ROOT, "%.0f (%.0f to %.0f)", sample.median(), sample.quantile(0), sample.quantile(1));
    }

    private static String sooner(JsonNode off, JsonNode on, String name) {
        return String.format(Locale.ROOT, "%.0f", Sample.ofDifferences(on.get(name), off.get(name)).median());
    }
}
