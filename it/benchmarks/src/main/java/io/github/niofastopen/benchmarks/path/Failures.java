// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.benchmarks.path;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What is said of contenders that have failed. */
final class Failures {
    /** In neither labels nor words, which are lines. */
    private static final String BETWEEN = "\n";

    private Failures() {
    }

    /** A sentence for each contender and its words, which it may have had on several paths. */
    static List<String> of(JsonNode result) {
        Map<String, List<String>> paths = new LinkedHashMap<>();
        for (JsonNode failure : result.path("failures")) {
            paths.computeIfAbsent(failure.path("label").asText() + BETWEEN + failure.path("words").asText(), key -> new ArrayList<>())
                .add(String.format(Locale.ROOT, "%.0f ms", failure.path("rttMillis").asDouble()));
        }
        return paths.entrySet().stream().map(failure -> sentence(failure.getKey().split(BETWEEN), failure.getValue())).toList();
    }

    private static String sentence(String[] labelAndWords, List<String> paths) {
        return labelAndWords[0] + " failed at " + String.join(", ", paths) + ", and had no more turns there; " + labelAndWords[1] + ".";
    }
}
