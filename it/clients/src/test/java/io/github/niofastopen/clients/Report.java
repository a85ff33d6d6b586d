// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.clients;

import io.github.niofastopen.it.lab.InstalledJdk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Writes docs/clients.md from what was measured. */
final class Report {
    private static final String HEAD = """
        # Clients

        Each of these libraries, as it comes from Maven Central and in its ordinary configuration, is tried on an emulated %.0f ms path: without
        this project, then with the switch, or with the agent where the line says so. Find yours; options in its line are needed for what the
        line says.

        The tables are written by `mvn verify -P full -Dclients.docs=docs/clients.md` from what it measures (with `-P nightly`, each on every
        JDK). The build fails where a library doesn't do as its line says. It also checks that every exchange has its content, that connections are kept
        and reopened as without this project, that a reset during the handshake and a certificate that isn't trusted are reported by the same
        exceptions, and that nothing but a ClientHello rides in a SYN.

        | client | version | JDK | gains | bytes in the SYN | first byte (ms) | round trips | answer (ms) |
        |---|---|---|---|---|---|---|---|
        """;
    private static final String LEGEND = """

        - *First byte*: from the SYN to the server's first byte, on the wire. *Answer*: from the library's call to the content, in the
          client's program, with whatever round trips its protocol needs. Both are without → with this project, on the newest JDK of the line,
          and the least of %d connections, each over a new client.
        - The servers are the JDK's HttpsServer for HTTP/1.1, Undertow for HTTP/2, WebSocket and kept connections, and gRPC's
          own, UnboundID's for LDAP. For Kafka, MongoDB, Redis, MQTT, AMQP, Bolt, PostgreSQL, MariaDB and mail a stand-in speaks as
          much of the protocol as the call takes.
        - With `-Dclients.only=REGEX` only some are measured anew; the other lines stay as they were.
        - `niofastopen.window` is 3000 here, so that a busy machine doesn't change the table; everything else is as it comes.
        - A build without `-Dclients.docs` tries the same, more clients at a time and with JVM options for short lives: it checks
          ratios to the path's round trip, not these times.
        - `-Djdk.tls.namedGroups=x25519,secp256r1` leaves out the post-quantum group, and gives up post-quantum secrecy with every server:
          [post-quantum.md](post-quantum.md) tells what each TLS stack sends, and what its users can set.
        - ServiceTalk and Neo4j's driver have options of their own for Fast Open, which need Netty's native transports. They use it
          with every connection, whatever became of the last; with the switch no option is needed, nor a native transport.
        - RabbitMQ's client calls `useNio()` deprecated. With TLS 1.3 it can't read that way what it receives here, with any provider.
        - Grizzly 5 needs JDK 21; this is the last release that runs on 17.
        """;
    private static final String NAGLE = """

        ## Clients that leave TCP_NODELAY off

        These clients send the last message of their handshake (Finished), and then their request. Nagle's algorithm holds the request back
        until Finished is acknowledged, a round trip later. It does so with any provider. `-Dniofastopen.noDelay=handshake` turns it off from
        the ClientHello until the handshake's end or the first application data is acknowledged. OkHttp, Apache MINA and programs with an
        SSLSocket of their own gain a round trip by it, with Fast Open or without. The others in the table set `TCP_NODELAY`, and it does
        nothing for them.

        The server has to set `TCP_NODELAY`, too, as nginx, HAProxy and Undertow do. Undertow is the server of the rows with
        `-Dniofastopen.noDelay=handshake`, in which both gains add up. The JDK's HttpsServer, that of the rows without, leaves it off: its
        handshake waits for an acknowledgement, whatever the client does.

        Destinations that are left alone (`niofastopen.exclude`, `niofastopen.defer=never`, this machine's own addresses) are left
        alone in this, too.
        """;
    private static final String FOREIGN = """

        ## Other servers

        With Fast Open set up as their manuals tell: `listen … fastopen=64` in nginx, `bind … tfo` in HAProxy.

        | server | client | bytes in the SYN | first byte (ms) | round trips |
        |---|---|---|---|---|
        """;
    private static final String FAILURES = """

        ## A server that refuses

        A deferred connect has told the library that it is connected. So the first refusal by a destination is reported by a read or write. The
        next connection to it is an ordinary one, with the exception that the library always had.

        | client | ever, and from the second time on | the first time with the switch |
        |---|---|---|
        """;
    private static final String OTHERS = """

        ## Protocols that don't begin with a ClientHello

        In one JVM with the switch, to an address for which the kernel has a cookie. None of their bytes rode in a SYN. Times
        are from the library's call to the answer, the first connection and the least of the later ones. The first one pays for
        the loading of classes too, whichever the provider.

        | client | port | first (ms) | later (ms) |
        |---|---|---|---|
        """;

    /** How the headings of the tables begin. */
    private static final String CLIENT_HEADINGS = "| client | version | JDK |";
    private static final String FOREIGN_HEADINGS = "| server | client |";
    private static final String FAILURE_HEADINGS = "| client | ever, and from the second time on |";
    private static final String OTHER_HEADINGS = "| client | port |";
    private static final Path NONE = Path.of("target", "no-former-report");

    private static final Map<Row, Map<InstalledJdk, ClientRun>> CLIENTS = new ConcurrentHashMap<>();
    private static final Map<String, Map<Row, ClientRun>> SERVERS = new ConcurrentHashMap<>();
    private static volatile Comparison others;

    private Report() {
    }

    static void add(ClientRun run) {
        CLIENTS.computeIfAbsent(run.row(), row -> new ConcurrentHashMap<>()).put(run.jdk(), run);
    }

    static void add(String server, ClientRun run) {
        SERVERS.computeIfAbsent(server, name -> new ConcurrentHashMap<>()).put(run.row(), run);
    }

    static void add(Comparison otherProtocols) {
        others = otherProtocols;
    }

    /** Called by whatever has added something, so that the last one writes it all. */
    static synchronized void write() throws IOException {
        write(Path.of(System.getProperty("clients.report", "target/clients.md")), text(FormerReport.read(NONE)));
        String docs = System.getProperty("clients.docs", "");
        if (!docs.isEmpty()) {
            Path document = Path.of(System.getProperty("clients.root", "")).resolve(docs);
            write(document, text(FormerReport.read(document)));
        }
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, text);
    }

    /** @param former tells of what wasn't tried this time */
    private static String text(FormerReport former) {
        StringBuilder text = new StringBuilder(String.format(Locale.ROOT, HEAD, Comparison.RTT_MILLIS));
        Table.ROWS.forEach(row -> text.append(CLIENTS.containsKey(row) ? client(row, CLIENTS.get(row))
            : former.line(CLIENT_HEADINGS, row.name)));
        text.append(String.format(LEGEND, Step.FRESH.exchanges() - 1)).append(NAGLE).append(FOREIGN);
        if (SERVERS.isEmpty()) {
            text.append(former.table(FOREIGN_HEADINGS));
        }
        new TreeMap<>(SERVERS).forEach((server, runs) -> Table.ROWS.stream().filter(runs::containsKey)
            .forEach(row -> text.append(foreign(server, runs.get(row)))));
        text.append(FAILURES);
        Table.ROWS.forEach(row -> text.append(CLIENTS.containsKey(row) ? refusal(newest(CLIENTS.get(row)))
            : former.line(FAILURE_HEADINGS, row.name)));
        text.append(OTHERS);
        if (others == null) {
            text.append(former.table(OTHER_HEADINGS));
        } else {
            OtherProtocolsIT.PROTOCOLS.forEach(protocol -> text.append(other(protocol)));
        }
        return text.toString();
    }

    private static ClientRun newest(Map<InstalledJdk, ClientRun> runs) {
        return runs.get(runs.keySet().stream().max(Comparator.comparing(InstalledJdk::version)).orElseThrow());
    }

    private static String client(Row row, Map<InstalledJdk, ClientRun> runs) {
        ClientRun shown = newest(runs);
        String jdks = runs.keySet().stream().map(InstalledJdk::version).sorted().map(Object::toString)
            .collect(Collectors.joining(", "));
        return String.format(Locale.ROOT, "| %s | %s | %s | %s | %s | %.0f → %.0f |%n", row.name, row.version, jdks,
            gain(row), wire(shown), shown.before().leastExchangeMillis(),
            shown.after().leastExchangeMillis());
    }

    static String gain(Row row) {
        if (!row.gains()) {
            return "no: " + row.whyNot;
        }
        return row.ownFastOpen ? "yes, by its own option, with the JDK's provider too" : "yes";
    }

    private static String foreign(String server, ClientRun run) {
        return String.format(Locale.ROOT, "| %s | %s | %s |%n", server, run.row(), wire(run));
    }

    /** Three columns. */
    private static String wire(ClientRun run) {
        double before = run.before().leastFirstByteMillis();
        double after = run.after().leastFirstByteMillis();
        return String.format(Locale.ROOT, "%s | %.1f → %.1f | %.2f → %.2f",
            run.after().bytesInSyn().stream().map(Object::toString).collect(Collectors.joining(", ")), before, after,
            before / Comparison.RTT_MILLIS, after / Comparison.RTT_MILLIS);
    }

    private static String refusal(ClientRun run) {
        List<String> outcomes = run.after().outcomes(Step.REFUSED);
        return "| " + run.row() + " | " + exceptions(outcomes.get(1)) + " | "
            + (outcomes.get(0).equals(outcomes.get(1)) ? "the same" : exceptions(outcomes.get(0))) + " |\n";
    }

    /** The simple names of the exception and its causes. */
    private static String exceptions(String outcome) {
        return "`" + outcome.substring("failed ".length()).replaceAll("[a-z0-9_]+\\.", "").replace(" < ", "` by `") + "`";
    }

    private static String other(OtherProtocolsIT.Protocol protocol) {
        Step step = protocol.step();
        return String.format(Locale.ROOT, "| %s | %d | %.0f → %.0f | %.0f → %.0f |%n", protocol.what(), step.port(),
            others.before().firstMillis(step), others.after().firstMillis(step),
            others.before().leastLaterMillis(step), others.after().leastLaterMillis(step));
    }
}
