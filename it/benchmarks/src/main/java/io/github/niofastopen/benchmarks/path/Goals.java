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
    /** One for the handshake, one for the request, and what both ends compute meanwhile. */
    private static final double ROUND_TRIPS_TO_RESPONSE = 2.15;
    /** On a shorter path that is more than 0.15 of a round trip. */
    private static final double LEAST_RTT_TO_RESPONSE = 50;
    private static final double MOST_BEHIND_EPOLL = 0.02;
    private static final List<Contenders> OURS = List.of(Contenders.HTTP_CLIENT_OURS, Contenders.NETTY_NIO_OURS,
        Contenders.URL_CONNECTION_OURS, Contenders.OKHTTP_OURS);

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
                    for (Contenders ours : OURS) {
                        saved(result, rtt, handshake, ours, goals);
                    }
                }
                if (rtt >= LEAST_RTT_TO_RESPONSE) {
                    responded(result, rtt, handshake, goals);
                }
                notBehind(result, rtt, handshake, goals);
            }
        }
        return goals;
    }

    private static void saved(JsonNode result, double rtt, String handshake, Contenders ours, List<Goal> goals) {
        Contenders theirs = ours.theirs().orElseThrow();
        double saved = (Rows.median(result, rtt, theirs.name(), handshake, "total")
            - Rows.median(result, rtt, ours.name(), handshake, "total")) / rtt;
        if (!Double.isNaN(saved)) {
            goals.add(new Goal(String.format(Locale.ROOT,
                "%s at %.0f ms, %s handshake: %.3f round trips saved against %s (goal: %.1f or more)",
                ours.program(), rtt, handshake, saved, theirs.way(), ROUND_TRIPS_SAVED), saved >= ROUND_TRIPS_SAVED));
        }
    }

    private static void responded(JsonNode result, double rtt, String handshake, List<Goal> goals) {
        Contenders ours = Contenders.OKHTTP_NO_DELAY;
        double roundTrips = Rows.median(result, rtt, ours.name(), handshake, "total") / rtt;
        if (!Double.isNaN(roundTrips)) {
            goals.add(new Goal(String.format(Locale.ROOT,
                "%s at %.0f ms, %s handshake: the response after %.2f round trips (goal: %.2f or less)",
                ours.label(), rtt, handshake, roundTrips, ROUND_TRIPS_TO_RESPONSE), roundTrips <= ROUND_TRIPS_TO_RESPONSE));
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
