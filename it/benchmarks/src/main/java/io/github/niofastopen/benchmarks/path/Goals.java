// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.benchmarks.path;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the provider is to achieve, and whether it does. */
final class Goals {
    private static final double ROUND_TRIPS_SAVED = 1.0;
    /** On a shorter path the handshake's computations weigh as much as its round trips. */
    private static final double LEAST_RTT = 10;
    private static final double MOST_BEHIND_EPOLL = 0.02;

    private Goals() {
    }

    /** @param what a sentence with the figures */
    record Goal(String what, boolean met) {
    }

    static List<Goal> of(JsonNode result) {
        List<Goal> goals = new ArrayList<>();
        for (double rtt : Rows.rtts(result)) {
            for (String handshake : List.of("full", "resumed")) {
                if (rtt >= LEAST_RTT) {
                    saved(result, rtt, handshake, "HttpClient", "HTTP_CLIENT_JDK", "HTTP_CLIENT_OURS", goals);
                    saved(result, rtt, handshake, "Netty NIO", "NETTY_NIO_JDK", "NETTY_NIO_OURS", goals);
                }
                notBehind(result, rtt, handshake, goals);
            }
        }
        return goals;
    }

    private static void saved(JsonNode result, double rtt, String handshake, String client, String theirs, String ours,
            List<Goal> goals) {
        double saved = (Rows.median(result, rtt, theirs, handshake, "total")
            - Rows.median(result, rtt, ours, handshake, "total")) / rtt;
        if (!Double.isNaN(saved)) {
            goals.add(new Goal(String.format(Locale.ROOT,
                "%s at %.0f ms, %s handshake: %.2f round trips saved against the JDK's provider (goal: %.1f or more)",
                client, rtt, handshake, saved, ROUND_TRIPS_SAVED), saved >= ROUND_TRIPS_SAVED));
        }
    }

    private static void notBehind(JsonNode result, double rtt, String handshake, List<Goal> goals) {
        double ratio = Rows.median(result, rtt, "NETTY_NIO_OURS", handshake, "total")
            / Rows.median(result, rtt, "NETTY_EPOLL", handshake, "total");
        if (!Double.isNaN(ratio)) {
            goals.add(new Goal(String.format(Locale.ROOT,
                "Netty NIO at %.0f ms, %s handshake: %+.1f %% against Netty epoll (goal: never more than +%.0f %%)",
                rtt, handshake, (ratio - 1) * 100, MOST_BEHIND_EPOLL * 100), ratio <= 1 + MOST_BEHIND_EPOLL));
        }
    }
}
