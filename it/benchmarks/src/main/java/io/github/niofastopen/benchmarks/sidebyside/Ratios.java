// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.benchmarks.sidebyside;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.StreamSupport;

/** The ratios of one case's rounds, each of a fork with each provider that ran right after one another. */
record Ratios(double least, double median, double most) {

    /** @param figure of a fork; the JDK's is divided by this provider's */
    static Ratios of(JsonNode rounds, String figure) {
        return of(rounds, round -> round.at("/jdk/" + figure).asDouble() / round.at("/fastOpen/" + figure).asDouble());
    }

    /** Of one provider's figures themselves. */
    static Ratios figures(JsonNode rounds, String provider, String figure) {
        return of(rounds, round -> round.at("/" + provider + "/" + figure).asDouble());
    }

    private static Ratios of(JsonNode rounds, ToDoubleFunction<JsonNode> ratio) {
        double[] sorted = StreamSupport.stream(rounds.spliterator(), false).mapToDouble(ratio).sorted().toArray();
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Ratios(sorted[0], median, sorted[sorted.length - 1]);
    }

    /** The other provider's in parts of this one's. */
    Ratios inverse() {
        return new Ratios(1 / most, 1 / median, 1 / least);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%.2f (%.2f to %.2f)", median, least, most);
    }
}
