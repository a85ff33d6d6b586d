// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.benchmarks.path;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How far above two round trips the contenders are, and where that time goes. */
final class FloorSection {
    private static final int FLOOR = 2;
    private static final List<String> HANDSHAKES = List.of("full", "resumed");

    private final JsonNode result;
    private final StringBuilder text = new StringBuilder();

    FloorSection(JsonNode result) {
        this.result = result;
    }

    String markdown() {
        line("");
        line("### The distance to the floor");
        line("");
        // The parts hardly depend on the path's length: one of the paths is told of.
        double rtt = Rows.rtts(result).get(Rows.rtts(result).size() / 2);
        line("TLS 1.3 without early data takes two round trips from the SYN to the response if the ClientHello travels in the SYN:"
            + " one for the ServerHello, one for the response. What comes on top in ms, part by part, as means over the half of the exchanges that took neither shortest nor longest, of those with the ClientHello in the SYN (parts add up in means, not in medians):"
            + " *before the SYN*, from the application's asking for a connection to the SYN's leaving (in brackets: how long of"
            + " that the provider held it back, by its flight recorder event); the *ServerHello*, later than a round trip after"
            + " the ClientHello; the client's *Finished*, after the ServerHello's arrival, and its *request*, after that; the"
            + " *response*, later than a round trip after the request. Their sum from the SYN on is *above the floor*. *Seen* is"
            + " from the response's arrival to the application's seeing it. The parts hardly depend on the path: one is shown.");
        for (String handshake : HANDSHAKES) {
            table(rtt, handshake);
        }
        line("");
        line("The path itself takes %s ms longer than it should, as the kernel's answer to a SYN without data shows; that much of"
            + " *ServerHello* and of *response* is the path's, the rest the server's.", pathExcess());
        line("");
        for (String handshake : HANDSHAKES) {
            explain(rtt, handshake, "HttpClient", "HTTP_CLIENT_JDK", "HTTP_CLIENT_OURS");
            explain(rtt, handshake, "Netty NIO", "NETTY_NIO_JDK", "NETTY_NIO_OURS");
        }
        return text.toString();
    }

    private void table(double rtt, String handshake) {
        line("");
        line("| %s | path | before the SYN | ServerHello | Finished | request | response | above the floor | seen |",
            handshake.equals("full") ? "full handshake" : "resumed session");
        line("|---|---:|---:|---:|---:|---:|---:|---:|---:|");
        for (Contenders contender : Contenders.values()) {
            JsonNode row = Rows.find(result, rtt, contender.name(), handshake).orElse(null);
            // Where no ClientHello travelled in the SYN the floor is another.
            if (row != null && row.path("clientHelloInSyn").asInt() > 0) {
                double held = Rows.middle(row, "held");
                line("| %s | %.0f ms | %s%s | %s | %s | %s | %s | %s | %s |", contender.label(), rtt,
                    millis(Rows.middle(row, "beforeSyn")),
                    Double.isNaN(held) ? "" : " (" + millis(held) + ")", millis(Rows.middle(row, "serverHello") - rtt),
                    millis(Rows.middle(row, "finished")), millis(Rows.middle(row, "request")),
                    millis(Rows.middle(row, "response") - rtt), millis(Rows.middle(row, "wire") - FLOOR * rtt),
                    millis(Rows.middle(row, "seenAfter")));
            }
        }
    }

    /** What the JDK's provider shows of the same client: its SYN leaves at once, its ClientHello after the SYN-ACK. */
    private void explain(double rtt, String handshake, String name, String theirs, String ours) {
        Optional<JsonNode> with = Rows.find(result, rtt, ours, handshake);
        Optional<JsonNode> without = Rows.find(result, rtt, theirs, handshake);
        if (with.isEmpty() || without.isEmpty()) {
            return;
        }
        double before = Rows.middle(with.get(), "beforeSyn");
        double theirsBefore = Rows.middle(without.get(), "beforeSyn");
        double theirsHello = Rows.middle(without.get(), "clientHello");
        double server = Rows.middle(with.get(), "serverHello") + Rows.middle(with.get(), "response") - FLOOR * rtt;
        double client = Rows.middle(with.get(), "finished") + Rows.middle(with.get(), "request");
        line("- %s at %.0f ms, %s: the first byte is seen %s ms above two round trips. Of these, %s ms pass before the SYN leaves"
            + " (it is held for %s ms, while the client makes its ClientHello), path and server take %s ms, the client's half of"
            + " the handshake and its request %s ms, and %s ms pass until the application sees what has arrived. With the JDK's"
            + " provider it is %s ms to the SYN and %s ms from the SYN-ACK to the ClientHello: what is done before the SYN differs"
            + " from that sum by %s ms.",
            name, rtt, handshake.equals("full") ? "full handshake" : "resumed session",
            millis(Rows.middle(with.get(), "total") - FLOOR * rtt), millis(before), millis(Rows.middle(with.get(), "held")),
            millis(server), millis(client), millis(Rows.middle(with.get(), "seenAfter")), millis(theirsBefore),
            millis(theirsHello), signed(before - theirsBefore - theirsHello));
    }

    /** The most and the least of the paths' medians, of contenders whose SYNs carry no data. */
    private String pathExcess() {
        List<Double> excess = Rows.of(result).stream().filter(row -> row.path("clientHelloInSyn").asInt() == 0)
            .map(row -> Rows.median(row, "synAck") - row.path("rttMillis").asDouble()).sorted().toList();
        if (excess.isEmpty()) {
            return "-";
        }
        String least = millis(excess.get(0));
        String most = millis(excess.get(excess.size() - 1));
        return least.equals(most) ? least : least + " to " + most;
    }

    private static String millis(double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.1f", value + 0.0);
    }

    private static String signed(double value) {
        return String.format(Locale.ROOT, "%+.1f", value);
    }

    private void line(String format, Object... values) {
        text.append(values.length == 0 ? format : String.format(Locale.ROOT, format, values)).append('\n');
    }
}
