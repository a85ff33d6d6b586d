// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.benchmarks.path;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What was measured on one JDK.
 *
 * @param version without its build
 * @param result has the rows
 */
record JdkResults(String version, JsonNode result) {
    /** Of all that were measured, if there is more than one, by their age. */
    static List<JdkResults> of(JsonNode result) {
        List<JdkResults> all = new ArrayList<>();
        result.path("others").forEach(other -> all.add(new JdkResults(other.path("jdk").asText(), other)));
        if (!all.isEmpty()) {
            all.add(new JdkResults(result.path("jdk").asText().split("[+-]")[0], result));
        }
        all.sort(Comparator.comparingInt(JdkResults::feature));
        return all;
    }

    int feature() {
        return Integer.parseInt(version.split("\\.")[0]);
    }

    /** Which of ours were measured. */
    List<Contenders> ours() {
        return Stream.of(Contenders.values()).filter(contender -> contender.way().isOurs() && Rows.has(result, contender)).toList();
    }

    /** A median by the client's clock, or on the wire; NaN where it wasn't measured. */
    double millis(double rtt, Contenders contender, String handshake, String figure) {
        return Rows.median(result, rtt, contender.name(), handshake, figure);
    }
}
