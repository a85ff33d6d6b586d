// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.benchmarks.path;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.niofastopen.benchmarks.program.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What is gained on each JDK, client by client. */
final class JdksSection {
    private static final List<String> HANDSHAKES = List.of("full", "resumed");

    private final List<JdkResults> jdks;
    private final List<Double> rtts;

    JdksSection(JsonNode result) {
        jdks = JdkResults.of(result);
        // The main one has more.
        rtts = Rows.rtts(result.path("others").path(0));
    }

    /** Nothing if there was one JDK only. */
    String markdown() {
        return jdks.isEmpty() ? "" : """

            ### On other JDKs

            ![Round trips from the SYN to the first byte of the response, by JDK](path-jdks.svg)

            Each JDK's contenders took their turns by themselves%s. Medians of the first byte in ms, with the JDK's connections and with
            nio-fastopen, and in brackets the round trips that it saves.%s

            %s""".formatted(warmUp(), keyShares(), table());
    }

    /** Not the main one's. */
    private String warmUp() {
        return jdks.stream().map(jdk -> jdk.result().path("warmUp")).filter(JsonNode::isInt).mapToInt(JsonNode::asInt).min().stream()
            .mapToObj(least -> ", those of other JDKs after " + least + " exchanges of each kind").findFirst().orElse("");
    }

    /** Only of a JDK that was measured. */
    private String keyShares() {
        String agents = jdks.stream().filter(jdk -> jdk.ours().contains(Contenders.HTTP_CLIENT_AGENT)).map(JdkResults::version)
            .collect(Collectors.joining(" and "));
        return agents.isEmpty() ? "" : " On JDK " + agents + " a ClientHello has a post-quantum key\nshare, and doesn't fit a SYN;"
            + " the agent makes it fit from the second connection to a server on that\nwants none, as this one"
            + " ([post-quantum](post-quantum.md)). By the switch alone nothing is gained there.";
    }

    private Table table() {
        List<String> heads = new ArrayList<>(List.of("JDK", "client"));
        rtts.forEach(rtt -> HANDSHAKES.forEach(handshake -> heads.add(String.format(Locale.ROOT, "%.0f ms, %s", rtt, handshake))));
        heads.add("ClientHello in the SYN");
        Table table = new Table(heads.toArray(new String[0]));
        jdks.forEach(jdk -> jdk.ours().forEach(ours -> table.row(cells(jdk, ours).toArray(new String[0]))));
        return table;
    }

    private List<String> cells(JdkResults jdk, Contenders ours) {
        List<String> cells = new ArrayList<>(List.of(jdk.version(), ours.label()));
        rtts.forEach(rtt -> HANDSHAKES.forEach(handshake -> cells.add(saved(jdk, rtt, ours, handshake))));
        cells.add(rode(jdk, ours));
        return cells;
    }

    private static String saved(JdkResults jdk, double rtt, Contenders ours, String handshake) {
        double before = jdk.millis(rtt, ours.theirs().orElseThrow(), handshake, "total");
        double after = jdk.millis(rtt, ours, handshake, "total");
        return Double.isNaN(before - after) ? "-"
            : String.format(Locale.ROOT, "%.1f, %.1f (%.2f)", before, after, (before - after) / rtt);
    }

    private String rode(JdkResults jdk, Contenders ours) {
        int rode = 0;
        int all = 0;
        int left = 0;
        for (JsonNode row : Rows.of(jdk.result())) {
            if (row.path("contender").asText().equals(ours.name()) && rtts.contains(row.path("rttMillis").asDouble())) {
                rode += row.path("clientHelloInSyn").asInt();
                all += row.path("samples").asInt();
                left += row.path("irregular").asInt();
            }
        }
        return rode + " of " + all + (left == 0 ? "" : ", " + left + " left out");
    }
}
