// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.jmh.connect;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.niofastopen.jmh.ChildJvm;
import io.github.niofastopen.jmh.Provider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts the system calls of a connection: what strace counts for many connections less what it counts for few, by name.
 * Needs {@code net.ipv4.tcp_fastopen=3} and strace.
 */
public final class SystemCalls {
    private static final int FEW = 20;
    /** So many that what the JVM does once, in the background, is lost among them. */
    private static final int MANY = 420;
    /** What threads wait and are woken with. How often they have to is a matter of chance. */
    private static final String WAITING = "futex";

    /** The calls of one connection, with each provider. */
    public record Row(Connect.Mode mode, Connect.Outcome outcome, Map<String, Double> jdk, Map<String, Double> fastOpen) {
        /** How many calls more this provider makes, waiting aside. */
        @JsonProperty
        public double more() {
            return sum(fastOpen) - sum(jdk);
        }

        private static double sum(Map<String, Double> calls) {
            return calls.entrySet().stream().filter(call -> !call.getKey().equals(WAITING))
                .mapToDouble(Map.Entry::getValue).sum();
        }
    }

    private SystemCalls() {
    }

    /** Argument: where to put the figures as JSON, or none. */
    public static void main(String[] args) throws IOException, InterruptedException {
        List<Row> rows = new ArrayList<>();
        for (Connect.Mode mode : Connect.Mode.values()) {
            // Once: the JDK's channels don't know what a server makes of Fast Open.
            Map<String, Double> jdk = count(mode, Connect.Outcome.NOT_GRANTED, List.of());
            for (Connect.Outcome outcome : Connect.Outcome.values()) {
                Row row = new Row(mode, outcome, jdk, count(mode, outcome, Provider.OPTIONS));
                rows.add(row);
                System.out.printf("%-8s %-9s JDK %4.1f, this provider %+4.1f: %s%n", mode, outcome, Row.sum(row.jdk),
                    row.more(), differences(row));
            }
        }
        if (args.length > 0) {
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("jdk", System.getProperty("java.vm.version"));
            result.put("commit", System.getProperty("benchmarks.commit", "unknown"));
            result.put("rows", rows);
            new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(Path.of(args[0]).toFile(), result);
        }
    }

    /** Counts the calls of connections of one kind. */
    private static Map<String, Double> count(Connect.Mode mode, Connect.Outcome outcome, List<String> options)
            throws IOException, InterruptedException {
        try (ChildJvm server = ChildJvm.start(AnsweringServer.class, outcome.serverOptions(),
                outcome.address().getHostAddress())) {
            return perConnection(mode, outcome, server.port(), options);
        }
    }

    private static Map<String, Double> perConnection(Connect.Mode mode, Connect.Outcome outcome, int port,
            List<String> options) throws IOException, InterruptedException {
        Map<String, Double> calls = new TreeMap<>();
        trace(mode, outcome, port, options, MANY).forEach((name, n) -> calls.merge(name, n.doubleValue(), Double::sum));
        trace(mode, outcome, port, options, FEW).forEach((name, n) -> calls.merge(name, -n.doubleValue(), Double::sum));
        calls.replaceAll((name, n) -> n / (MANY - FEW));
        // What the JVM does by itself, a page or a timer's tick more in one of the two runs.
        calls.values().removeIf(n -> Math.abs(n) < 0.1);
        return calls;
    }

    private static Map<String, Integer> trace(Connect.Mode mode, Connect.Outcome outcome, int port, List<String> options,
            int connections) throws IOException, InterruptedException {
        Path summary = Files.createTempFile("strace", ".txt");
        List<String> command = new ArrayList<>(List.of("strace", "-f", "-c", "-U", "calls,name", "-o", summary.toString(),
            ChildJvm.java(), "-Xint", "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path")));
        command.addAll(options);
        command.addAll(List.of(Connections.class.getName(), mode.name(), outcome.name(), String.valueOf(port),
            String.valueOf(connections)));
        int status = new ProcessBuilder(command).inheritIO().start().waitFor();
        if (status != 0) {
            throw new IOException("strace has ended with status " + status);
        }
        Map<String, Integer> calls = new TreeMap<>();
        for (String line : Files.readAllLines(summary)) {
            String[] words = line.strip().split("\\s+");
            if (words.length == 2 && words[0].matches("\\d+") && !words[1].equals("total")) {
                calls.put(words[1], Integer.valueOf(words[0]));
            }
        }
        Files.delete(summary);
        return calls;
    }

    private static String differences(Row row) {
        Map<String, Double> more = new TreeMap<>(row.fastOpen);
        row.jdk.forEach((name, n) -> more.merge(name, -n, Double::sum));
        more.values().removeIf(n -> Math.abs(n) < 0.1);
        StringBuilder text = new StringBuilder();
        more.forEach((name, n) -> text.append(String.format("%s %+.1f  ", name, n)));
        return text.toString().strip();
    }
}
