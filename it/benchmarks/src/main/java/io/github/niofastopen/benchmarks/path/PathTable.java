// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.benchmarks.path;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;

/** Times of all contenders on all paths, in one kind of handshake. */
final class PathTable {
    private final JsonNode result;
    private final String handshake;
    private final List<Double> rtts;

    PathTable(JsonNode result, String handshake) {
        this.result = result;
        this.handshake = handshake;
        this.rtts = Rows.rtts(result);
    }

    String markdown() {
        StringBuilder text = new StringBuilder("| ");
        for (double rtt : rtts) {
            text.append(String.format(Locale.ROOT, "| %.0f ms: first byte | on the wire ", rtt));
        }
        text.append("| ClientHello in the SYN |\n|---").append("|---:|---:".repeat(rtts.size())).append("|---|\n");
        for (Contenders contender : Contenders.values()) {
            text.append(row(contender));
        }
        return text.toString();
    }

    /** Empty if it wasn't measured. */
    private String row(Contenders contender) {
        StringBuilder cells = new StringBuilder();
        int rode = 0;
        int samples = 0;
        int bytes = 0;
        for (double rtt : rtts) {
            JsonNode found = Rows.find(result, rtt, contender.name(), handshake).orElse(null);
            cells.append(found == null ? " | | " : " | " + cell(found, "total", rtt) + " | " + cell(found, "wire", rtt));
            if (found != null) {
                rode += found.path("clientHelloInSyn").asInt();
                samples += found.path("samples").asInt();
                bytes = Math.max(bytes, found.path("synBytes").asInt());
            }
        }
        return samples == 0 ? "" : String.format(Locale.ROOT, "| %s%s | %d of %d%s |%n", contender.label(), cells, rode, samples,
            bytes > 0 ? ", " + bytes + " bytes" : "");
    }

    private static String cell(JsonNode row, String figure, double rtt) {
        double median = Rows.median(row, figure);
        return Double.isNaN(median) ? "-" : String.format(Locale.ROOT, "%.1f (%.2f)", median, median / rtt);
    }
}
