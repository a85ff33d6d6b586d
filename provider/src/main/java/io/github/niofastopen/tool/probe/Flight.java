// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.tool.probe;

import java.util.ArrayList;
import java.util.List;

/**
 * Something that travels between client and server in one half of a round trip, as a plot draws it. What the client sees is
 * measured; when something reaches or leaves the server follows from the round-trip time.
 *
 * @param departs in ns from the beginning of connect
 * @param arrives the same
 */
record Flight(double departs, double arrives, boolean toServer, String label, Kind kind) {

    /** How it is drawn. */
    enum Kind { ORDINARY, CLIENT_HELLO, LOST }

    /** Those of an ordinary connection. */
    static List<Flight> ordinary(Timeline times, double half) {
        List<Flight> flights = new ArrayList<>();
        flights.add(toServer(0, half, "SYN", Kind.ORDINARY));
        afterSyn(flights, 0, times.hello(), times, half);
        return flights;
    }

    /** Those of a connection with Fast Open, of which the server made {@code verdict}. */
    static List<Flight> fastOpen(Measurement measured, double half) {
        Timeline times = measured.typicalFastOpen().timeline();
        double hello = times.hello();
        String helloInSyn = "SYN, cookie, ClientHello";
        List<Flight> flights = new ArrayList<>();
        switch (measured.verdict()) {
            case ACCEPTED:
                flights.add(toServer(hello, half, helloInSyn, Kind.CLIENT_HELLO));
                flights.add(toClient(Math.max(times.answer(), hello + 2 * half), half, "SYN-ACK, ServerHello to Finished"));
                rest(flights, times, half);
                break;
            case TOO_LARGE:
                flights.add(toServer(hello, half, "SYN, cookie, part of ClientHello", Kind.CLIENT_HELLO));
                flights.add(toClient(hello + 2 * half, half, "SYN-ACK"));
                flights.add(toServer(hello + 2 * half, half, "rest of ClientHello", Kind.CLIENT_HELLO));
                answer(flights, times, half);
                break;
            case IGNORED:
                flights.add(toServer(hello, half, helloInSyn, Kind.CLIENT_HELLO));
                flights.add(toClient(hello + 2 * half, half, "SYN-ACK, data ignored"));
                flights.add(toServer(hello + 2 * half, half, "ClientHello again", Kind.CLIENT_HELLO));
                answer(flights, times, half);
                break;
            case REFUSED:
                flights.add(toServer(hello, half, helloInSyn, Kind.CLIENT_HELLO));
                flights.add(toClient(hello + 2 * half, half, "RST"));
                afterFailure(flights, measured, half);
                break;
            case LOST:
                flights.add(toServer(hello, half, helloInSyn, Kind.LOST));
                afterFailure(flights, measured, half);
                break;
            case OPTION_LOST:
                flights.add(toServer(0, half, "SYN, cookie request", Kind.LOST));
                afterFailure(flights, measured, half);
                break;
            default:
                flights.add(toServer(0, half, measured.verdict() == Verdict.NO_COOKIE ? "SYN, cookie request" : "SYN", Kind.ORDINARY));
                afterSyn(flights, 0, hello, times, half);
        }
        return flights;
    }

    /** When the ordinary SYN left isn't measured: it is as long before the answer as in an ordinary connection. */
    private static void afterFailure(List<Flight> flights, Measurement measured, double half) {
        Timeline times = measured.typicalFastOpen().timeline();
        Timeline ordinary = measured.typicalOrdinary().timeline();
        double syn = Math.max(times.answer() - ordinary.answer(), 0);
        flights.add(toServer(syn, half, "SYN", Kind.ORDINARY));
        afterSyn(flights, syn, syn + ordinary.hello(), times, half);
    }

    private static void afterSyn(List<Flight> flights, double syn, double hello, Timeline times, double half) {
        double synAck = syn + 2 * half;
        flights.add(toClient(synAck, half, "SYN-ACK"));
        flights.add(toServer(Math.max(hello, synAck), half, "ACK, ClientHello", Kind.CLIENT_HELLO));
        answer(flights, times, half);
    }

    private static void answer(List<Flight> flights, Timeline times, double half) {
        flights.add(toClient(times.answer(), half, "ServerHello to Finished"));
        rest(flights, times, half);
    }

    private static void rest(List<Flight> flights, Timeline times, double half) {
        if (times.response() == 0) {
            flights.add(toServer(times.secured(), half, "Finished", Kind.ORDINARY));
        } else {
            flights.add(toServer(times.request(), half, "Finished, HTTP request", Kind.ORDINARY));
            flights.add(toClient(times.response(), half, "HTTP response"));
        }
    }

    private static Flight toServer(double departs, double half, String label, Kind kind) {
        return new Flight(departs, departs + half, true, label, kind);
    }

    private static Flight toClient(double arrives, double half, String label) {
        return new Flight(arrives - half, arrives, false, label, Kind.ORDINARY);
    }
}
