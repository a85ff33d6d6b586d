// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.benchmarks.path;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;

/** What is kept of values that were measured. */
@JsonPropertyOrder({"least", "p10", "median", "p90", "most"})
record Quantiles(double least, double p10, double median, double p90, double most) {
    private static final double MICROS = 1000;

    static Quantiles of(List<Double> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("no values");
        }
        List<Double> sorted = values.stream().sorted().toList();
        return new Quantiles(at(sorted, 0), at(sorted, 0.1), at(sorted, 0.5), at(sorted, 0.9), at(sorted, 1));
    }

    /** Between two values that are there in proportion. */
    private static double at(List<Double> sorted, double part) {
        double place = part * (sorted.size() - 1);
        int below = (int) place;
        int above = Math.min(below + 1, sorted.size() - 1);
        double value = sorted.get(below) + (place - below) * (sorted.get(above) - sorted.get(below));
        return rounded(value);
    }

    /** As many places of ms as the lab's clock tells. */
    static double rounded(double millis) {
        return Math.round(millis * MICROS) / MICROS;
    }
}
