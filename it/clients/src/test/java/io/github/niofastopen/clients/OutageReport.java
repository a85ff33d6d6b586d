// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.clients;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Writes the tables of docs/differences.md that tell how clients meet hosts that are out. */
final class OutageReport {
    static final List<Row> ROWS = Stream.of("java.net.http.HttpClient, HTTP/1.1", "Netty NIO, the JDK's TLS",
        "Reactor Netty, -Dreactor.netty.native=false", "Apache HttpClient 5 async", "Jetty HttpClient, HTTP/1.1",
        "SSLSocket over channel.socket()", "OkHttp, by the agent", "HttpsURLConnection, by the agent",
        "Apache HttpClient 5 classic, by the agent").map(Table::row).toList();

    private static final String HEADINGS = "| the host %s | the JDK's, 1st | ours, 1st | the JDK's, 2nd | ours, 2nd |";
    private static final Map<Row, OutageRun> JDKS = new ConcurrentHashMap<>();
    private static final Map<Row, OutageRun> OURS = new ConcurrentHashMap<>();

    private OutageReport() {
    }

    static void add(Row row, OutageRun jdks, OutageRun ours) {
        JDKS.put(row, jdks);
        OURS.put(row, ours);
    }

    static String headings(Outage outage) {
        return String.format(HEADINGS, outage.words());
    }

    /** Into a report of its own, and where {@code outages.docs} says; what wasn't tried this time stays as it was. */
    static void write() throws IOException {
        List<String> tables = new ArrayList<>();
        for (Outage outage : Outage.values()) {
            tables.addAll(List.of(headings(outage), "|---|---|---|---|---|", ""));
        }
        Path report = Path.of(System.getProperty("outages.report", "target/outages.md"));
        Files.createDirectories(report.toAbsolutePath().getParent());
        Files.write(report, filled(tables));
        String docs = System.getProperty("outages.docs", "");
        if (!docs.isEmpty()) {
            Path document = Path.of(System.getProperty("clients.root", "")).resolve(docs);
            List<String> lines = Files.readAllLines(document);
            Files.write(document, filled(lines));
        }
    }

    private static List<String> filled(List<String> lines) {
        List<String> filled = new ArrayList<>();
        int i = 0;
        while (i < lines.size()) {
            String line = lines.get(i++);
            filled.add(line);
            Outage outage = Stream.of(Outage.values()).filter(each -> line.equals(headings(each))).findFirst().orElse(null);
            if (outage != null) {
                filled.add(lines.get(i++));
                int first = i;
                while (i < lines.size() && lines.get(i).startsWith("|")) {
                    i++;
                }
                List<String> before = lines.subList(first, i);
                ROWS.forEach(row -> line(row, outage, before).ifPresent(filled::add));
            }
        }
        return filled;
    }

    private static Optional<String> line(Row row, Outage outage, List<String> former) {
        if (!OURS.containsKey(row)) {
            return former.stream().filter(line -> line.startsWith("| " + row.name + " | ")).findFirst();
        }
        OutageRun jdks = JDKS.get(row);
        OutageRun ours = OURS.get(row);
        return Optional.of("| " + row.name + " | " + jdks.first(outage).inWords() + " | " + ours.first(outage).inWords()
            + " | " + jdks.second(outage).inWords() + " | " + ours.second(outage).inWords() + " |");
    }
}
