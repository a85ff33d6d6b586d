// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.benchmarks.path;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.niofastopen.benchmarks.program.BarChart;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Round trips from the SYN to the response, a group of bars for each contender, a bar for each path. */
final class PathPlot {
    /** On a shorter path the handshake's computations blur its round trips, and the picture has room for two bars each. */
    private static final double LEAST_RTT = 50;
    private static final int[] COLORS = {0x9ecae1, 0x084594, 0x4292c6, 0x252525};

    private PathPlot() {
    }

    static void draw(JsonNode result, Path svg) throws IOException {
        List<Contenders> contenders =
            Stream.of(Contenders.values()).filter(contender -> Rows.has(result, contender)).toList();
        BarChart chart = new BarChart("From the SYN to the first byte of the response, full TLS 1.3 handshake", "round trips (median)",
            "0.0", contenders.stream().map(Contenders::label).toList(), COLORS);
        for (double rtt : Rows.rtts(result)) {
            if (rtt >= LEAST_RTT) {
                chart.bars(String.format(Locale.ROOT, "%.0f ms", rtt),
                    contenders.stream().map(contender -> roundTrips(result, rtt, contender)).toList());
            }
        }
        if (chart.isEmpty()) {
            throw new IOException("no path of " + LEAST_RTT + " ms or more was measured: there is nothing to plot");
        }
        chart.write(svg);
    }

    /** Null where it wasn't measured. */
    private static Double roundTrips(JsonNode result, double rtt, Contenders contender) {
        double wire = Rows.median(result, rtt, contender.name(), "full", "wire");
        return Double.isNaN(wire) ? null : Math.round(wire / rtt * 100) / 100.0;
    }
}
