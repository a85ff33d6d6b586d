// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.benchmarks.path;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds what a result holds. */
final class Rows {
    private Rows() {
    }

    static List<JsonNode> of(JsonNode result) {
        List<JsonNode> rows = new ArrayList<>();
        result.path("rows").forEach(rows::add);
        return rows;
    }

    /** The paths, in the order in which they were measured. */
    static List<Double> rtts(JsonNode result) {
        return of(result).stream().map(row -> row.path("rttMillis").asDouble()).distinct().toList();
    }

    static boolean has(JsonNode result, Contenders contender) {
        return of(result).stream().anyMatch(row -> row.path("contender").asText().equals(contender.name()));
    }

    static Optional<JsonNode> find(JsonNode result, double rtt, String contender, String handshake) {
        return of(result).stream().filter(row -> row.path("rttMillis").asDouble() == rtt
            && row.path("contender").asText().equals(contender) && row.path("handshake").asText().equals(handshake)).findFirst();
    }

    /** NaN where it wasn't measured. */
    static double median(JsonNode row, String figure) {
        return row.path("figures").path(figure).path("median").asDouble(Double.NaN);
    }

    /** The mean over the middle half; NaN where it wasn't measured. */
    static double middle(JsonNode row, String figure) {
        return row.path("middle").path(figure).asDouble(Double.NaN);
    }

    /** NaN where it wasn't measured. */
    static double median(JsonNode result, double rtt, String contender, String handshake, String figure) {
        return find(result, rtt, contender, handshake).map(row -> median(row, figure)).orElse(Double.NaN);
    }
}
