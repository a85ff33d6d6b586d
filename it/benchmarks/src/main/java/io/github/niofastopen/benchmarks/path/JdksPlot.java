// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.benchmarks.path;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.niofastopen.benchmarks.program.BarChart;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Round trips from the SYN to the response on each JDK: a group of bars for each client, two bars for each JDK. */
final class JdksPlot {
    private static final List<Program> CLIENTS = List.of(Program.HTTP_CLIENT, Program.NETTY_NIO, Program.URL_CONNECTION, Program.OKHTTP);
    /** The JDK's lighter. */
    private static final int[] COLORS = {0xc7e9c0, 0x238b45, 0x9ecae1, 0x084594, 0xfdd0a2, 0xd94801, 0xdadaeb, 0x54278f};

    private JdksPlot() {
    }

    /** Nothing if there was one JDK only. */
    static void draw(JsonNode result, Path svg) throws IOException {
        List<JdkResults> jdks = JdkResults.of(result);
        if (jdks.isEmpty()) {
            return;
        }
        double rtt = Rows.rtts(result.path("others").path(0)).stream().max(Double::compare).orElseThrow();
        BarChart chart = new BarChart(String.format(Locale.ROOT,
            "From the SYN to the first byte of the response at %.0f ms, full TLS 1.3 handshake", rtt), "round trips (median)", "0.0",
            CLIENTS.stream().map(Program::toString).toList(), COLORS);
        for (JdkResults jdk : jdks) {
            String name = "JDK " + jdk.feature();
            chart.bars(name, CLIENTS.stream().map(client -> roundTrips(jdk, rtt, client, false)).toList());
            chart.bars(name + ", nio-fastopen", CLIENTS.stream().map(client -> roundTrips(jdk, rtt, client, true)).toList());
        }
        chart.write(svg);
    }

    /** Null where it wasn't measured. */
    private static Double roundTrips(JdkResults jdk, double rtt, Program client, boolean ours) {
        return Stream.of(Contenders.values()).filter(contender -> contender.program() == client)
            .filter(contender -> ours ? contender.way().isOurs() : contender.way().isTheJdks())
            .map(contender -> jdk.millis(rtt, contender, "full", "wire")).filter(wire -> !wire.isNaN())
            .map(wire -> Math.round(wire / rtt * 100) / 100.0).findFirst().orElse(null);
    }
}
