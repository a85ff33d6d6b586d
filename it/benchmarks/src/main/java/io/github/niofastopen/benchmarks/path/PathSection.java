// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.benchmarks.path;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The part on paths of the document of results. */
public final class PathSection {
    private static final int FLOOR = 2;
    private static final double LEAST_DELAY_MILLIS = 30;
    private static final List<String> HANDSHAKES = List.of("full", "resumed");

    private final JsonNode result;
    private final StringBuilder text = new StringBuilder();

    private PathSection(JsonNode result) {
        this.result = result;
    }

    /** @param result what {@link PathBenchmark} has written */
    public static String markdown(JsonNode result) {
        PathSection section = new PathSection(result);
        section.introduction();
        for (String handshake : HANDSHAKES) {
            section.table(handshake);
        }
        section.notes();
        section.text.append(new JdksSection(result).markdown());
        section.text.append(new FloorSection(result).markdown());
        section.goals();
        return section.text.toString();
    }

    /** Draws the round trips on the wire of each contender's full handshakes, as SVG. */
    public static void plot(JsonNode result, Path svg) throws IOException {
        PathPlot.draw(result, svg);
    }

    /** Draws the same by JDK, if there was more than one. */
    public static void plotJdks(JsonNode result, Path svg) throws IOException {
        JdksPlot.draw(result, svg);
    }

    private void introduction() {
        JsonNode machine = result.path("machine");
        line("## Time to the first byte over a path");
        line("");
        line("![Round trips from the SYN to the first byte of the response](path.svg)");
        line("");
        line("Each contender fetches a small response over HTTP/1.1 and TLS 1.3, over a new connection each time, from the same %s,"
            + " which accepts Fast Open. They take turns, so what one row says may be compared with the others of its column."
            + " Each is one process (curl and gnutls-cli: one a connection); a JVM has made %d exchanges of each kind over the"
            + " loopback interface before, and the first %d over the path don't count. Medians in ms; in brackets round trips."
            + " *First byte* is by the client's clock, from its asking for a connection to its seeing the response begin; *on the"
            + " wire* from the SYN to the response's first packet, as they pass the client's end of the path.",
            result.path("server").asText(), result.path("warmUp").asInt(), result.path("uncounted").asInt());
        line("");
        line("JDK %s, %s, %d processors, Linux %s, commit %s; %s. `%s`", result.path("jdk").asText(),
            machine.path("processor").asText(), machine.path("processors").asInt(), machine.path("kernel").asText(),
            machine.path("commit").asText(), join(result.path("tools")), result.path("command").asText());
        if (result.path("quick").asBoolean()) {
            line("");
            line("**A quick run: too few exchanges to rely on.**");
        }
    }

    private void table(String handshake) {
        line("");
        line(handshake.equals("full") ? "Full handshakes:" : "Resumed sessions (without early data):");
        line("");
        text.append(new PathTable(result, handshake).markdown());
    }

    private void notes() {
        List<String> irregular = new ArrayList<>();
        int samples = 0;
        for (JsonNode row : Rows.of(result)) {
            samples += row.path("samples").asInt() + row.path("irregular").asInt();
            if (row.path("irregular").asInt() > 0) {
                irregular.add(String.format(Locale.ROOT, "%d of %s at %.0f ms (%s)", row.path("irregular").asInt(),
                    row.path("label").asText(), row.path("rttMillis").asDouble(), row.path("handshake").asText()));
            }
        }
        line("");
        line("Whether a session was resumed is read off the wire: the ServerHello has a `pre_shared_key`, or has none. %s",
            irregular.isEmpty() ? String.format(Locale.ROOT, "All %d exchanges were one connection with one SYN and the handshake"
                + " that was asked for.", samples)
                : "Left out, since they took another SYN, another connection or another handshake: "
                    + String.join(", ", irregular) + ".");
        outcomes();
        line("");
        line("curl and gnutls-cli have no rows of resumed sessions: neither keeps one from one process to the next, and"
            + " `gnutls-cli --resume`, which connects twice in a process, connects again before it has had a ticket, so that its second"
            + " ClientHello offers no session."
            + " gnutls-cli tells no times, so its rows are the wire's alone; it is asked by HTTP/0.9, since it sends each line of"
            + " a request in a record of its own. %s", withoutNoDelay());
        for (JsonNode missing : result.path("missing")) {
            line("");
            line("Left out: %s.", missing.asText());
        }
        preloaded();
        for (String failure : Failures.of(result)) {
            line("");
            line("%s", failure);
        }
    }

    /** Only where it was measured. */
    private void preloaded() {
        boolean measured = Stream.of(Contenders.values())
            .anyMatch(contender -> contender.way() == Way.PRELOADED && Rows.has(result, contender));
        if (measured) {
            line("");
            line("*The option preloaded* is TCP_FASTOPEN_CONNECT, which a library preloaded by `LD_PRELOAD` sets on each socket that"
                + " connects, in place of a provider. What it breaks isn't seen here: [what was tried](tried.md#without-a-provider) tells.");
        }
    }

    private void outcomes() {
        Map<String, Integer> others = new TreeMap<>();
        for (JsonNode row : Rows.of(result)) {
            row.path("outcomes").properties().forEach(outcome -> others.merge(outcome.getKey(), outcome.getValue().asInt(),
                Integer::sum));
        }
        others.remove("ACCEPTED");
        if (!others.isEmpty()) {
            line("");
            line("Not every exchange of nio-fastopen had its ClientHello accepted; among its medians are: %s.",
                others.entrySet().stream().map(other -> other.getValue() + " " + other.getKey()).collect(Collectors.joining(", ")));
        }
    }

    /** What can't be known beforehand is said only if it was measured. */
    private String withoutNoDelay() {
        double longest = Rows.rtts(result).stream().max(Double::compare).orElse(Double.NaN);
        String late = Stream.of(Contenders.GNUTLS, Contenders.GNUTLS_FASTOPEN, Contenders.OKHTTP_JDK, Contenders.OKHTTP_OURS)
            .filter(contender -> finished(longest, contender) > longest / FLOOR)
            .map(contender -> String.format(Locale.ROOT, "%.1f ms (%s)", finished(longest, contender), contender.label()))
            .collect(Collectors.joining(", "));
        return late.isEmpty() ? "" : String.format(Locale.ROOT, "Not every client sets TCP_NODELAY: over %.0f ms a Finished leaves so long"
            + " after the ServerHello, since it waits for the acknowledgment of the record before: %s.%s", longest, late,
            delayed(longest));
    }

    /** By the captures, Linux's delayed acknowledgment: the server's socket begins without it if the SYN had data. */
    private String delayed(double rtt) {
        boolean longer = finished(rtt, Contenders.OKHTTP_JDK) - finished(rtt, Contenders.OKHTTP_OURS) > LEAST_DELAY_MILLIS;
        return longer ? " The server delays that acknowledgment by some 40 ms, but not where the SYN had data: so OkHttp saves"
            + " more than a round trip." : "";
    }

    private double finished(double rtt, Contenders contender) {
        return Rows.median(result, rtt, contender.name(), "full", "finished");
    }

    private void goals() {
        line("");
        line("### Goals");
        line("");
        for (Goals.Goal goal : Goals.of(result)) {
            line("- %s: %s", goal.what(), goal.met() ? "met" : "**not met**");
        }
    }

    private static String join(JsonNode words) {
        List<String> list = new ArrayList<>();
        words.forEach(word -> list.add(word.asText()));
        return list.isEmpty() ? "no command-line tools" : String.join(", ", list);
    }

    private void line(String format, Object... values) {
        text.append(values.length == 0 ? format : String.format(Locale.ROOT, format, values)).append('\n');
    }
}
