// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.benchmarks.sidebyside;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.niofastopen.benchmarks.program.Table;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A table of what system calls a connection takes. */
public final class SystemCallsSection {
    /** How often threads wait and are woken is a matter of chance. */
    private static final String WAITING = "futex";
    private static final double CHANCE = 0.25;

    private SystemCallsSection() {
    }

    /** @param result what {@code io.github.niofastopen.jmh.connect.SystemCalls} has written */
    public static String markdown(JsonNode result) {
        Table table = new Table("connection", "the JDK's", "nio-fastopen", "more", "which");
        for (JsonNode row : result.get("rows")) {
            double jdk = sum(row.get("jdk"));
            double fastOpen = sum(row.get("fastOpen"));
            table.row((row.get("mode").asText() + ", " + row.get("outcome").asText().replace('_', ' ')).toLowerCase(Locale.ROOT),
                text("%.1f", jdk), text("%.1f", fastOpen), text("%+.1f", fastOpen - jdk), which(row));
        }
        return "JDK " + result.get("jdk").asText() + ".\n\n" + table;
    }

    private static double sum(JsonNode calls) {
        return calls.properties().stream().filter(call -> !call.getKey().equals(WAITING))
            .mapToDouble(call -> call.getValue().asDouble()).sum();
    }

    private static String which(JsonNode row) {
        Map<String, Double> more = new TreeMap<>();
        row.get("fastOpen").properties().forEach(call -> more.merge(call.getKey(), call.getValue().asDouble(), Double::sum));
        row.get("jdk").properties().forEach(call -> more.merge(call.getKey(), -call.getValue().asDouble(), Double::sum));
        more.remove(WAITING);
        more.values().removeIf(n -> Math.abs(n) < CHANCE);
        StringBuilder text = new StringBuilder();
        more.forEach((name, n) -> text.append(text.length() == 0 ? "" : ", ").append('`').append(name).append("` ")
            .append(text("%+.0f", n)));
        return text.length() == 0 ? "none" : text.toString();
    }

    private static String text(String format, double number) {
        return String.format(Locale.ROOT, format, number);
    }
}
