// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.benchmarks.program;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/** Figures of one kind, and what can be said of them without knowing how they are distributed. */
public final class Sample {
    private static final double HALF_OF_WHAT_MAY_LIE_OUTSIDE = 0.025;

    private final double[] sorted;

    private Sample(double... values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("no figures");
        }
        sorted = values;
        Arrays.sort(sorted);
    }

    public static Sample of(double... values) {
        return new Sample(values.clone());
    }

    /** The numbers of an array in a result. */
    public static Sample of(JsonNode array) {
        return new Sample(numbers(array));
    }

    /** Second less first, pair by pair. */
    public static Sample ofDifferences(JsonNode first, JsonNode second) {
        double[] a = numbers(first);
        double[] b = numbers(second);
        if (a.length != b.length) {
            throw new IllegalArgumentException(a.length + " figures have no pairs in " + b.length);
        }
        return new Sample(IntStream.range(0, a.length).mapToDouble(i -> b[i] - a[i]).toArray());
    }

    private static double[] numbers(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).mapToDouble(JsonNode::asDouble).toArray();
    }

    public int size() {
        return sorted.length;
    }

    public double median() {
        return quantile(0.5);
    }

    public double mean() {
        return Arrays.stream(sorted).average().orElseThrow();
    }

    /** Between the two nearest figures it is interpolated. */
    public double quantile(double part) {
        double place = part * (sorted.length - 1);
        int below = (int) Math.floor(place);
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }

    /** The lower end of the interval that holds the median with 95 % confidence; with 5 figures or fewer, the least. */
    public double medianAtLeast() {
        return sorted[ranksLeftOut()];
    }

    /** The upper end of that interval. */
    public double medianAtMost() {
        return sorted[sorted.length - 1 - ranksLeftOut()];
    }

    /**
     * How many figures at each end lie outside the interval: each figure is below the median with probability 1/2, so how many
     * are is distributed binomially.
     */
    private int ranksLeftOut() {
        double probability = Math.pow(0.5, sorted.length);
        double cumulated = probability;
        int k = 0;
        while (cumulated <= HALF_OF_WHAT_MAY_LIE_OUTSIDE) {
            probability *= (double) (sorted.length - k) / (k + 1);
            cumulated += probability;
            k++;
        }
        return Math.max(0, k - 1);
    }
}
