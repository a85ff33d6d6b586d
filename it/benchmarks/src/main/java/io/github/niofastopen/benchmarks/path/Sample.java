// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.benchmarks.path;

import io.github.niofastopen.benchmarks.path.near.Exchange;
import io.github.niofastopen.benchmarks.path.wire.Conversation;
import io.github.niofastopen.it.lab.Flow;
import io.github.niofastopen.it.lab.LabRun;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One exchange with the connection that it made.
 *
 * @param exchange as the client's clock has it
 * @param flow the connection; null if there was not exactly one
 * @param steps when its steps passed; null if it wasn't what it should be
 */
record Sample(Exchange exchange, Flow flow, Conversation.Steps steps) {
    private static final double NANOS = 1e6;

    /** Each exchange with the connection whose SYN left while it was made: the lab and the clients share one clock. */
    static List<Sample> of(List<Exchange> exchanges, LabRun run, List<Conversation> conversations) {
        if (run.flows().size() != conversations.size()) {
            throw new IllegalStateException(run.flows().size() + " flows, but " + conversations.size() + " in the capture");
        }
        List<Sample> samples = new ArrayList<>();
        for (Exchange exchange : exchanges) {
            List<Integer> made = new ArrayList<>();
            for (int i = 0; i < conversations.size(); i++) {
                double syn = run.flows().get(i).synMillis() * NANOS;
                if (syn >= exchange.begin() && syn <= exchange.end()) {
                    made.add(i);
                }
            }
            Optional<Conversation.Steps> steps =
                made.size() == 1 ? conversations.get(made.get(0)).steps() : Optional.empty();
            samples.add(new Sample(exchange, made.size() == 1 ? run.flows().get(made.get(0)) : null, steps.orElse(null)));
        }
        return samples;
    }

    /** Whether it is one connection, answered at the first SYN, with the kind of handshake that was asked for. */
    boolean isRegular() {
        return flow != null && steps != null && flow.syns() == 1 && steps.resumed() == exchange.handshake().equals("resumed");
    }

    /** How long it took, as far as it is known: by the client's clock, or on the wire. */
    double whole() {
        return exchange.firstByteAfter() > 0 ? exchange.firstByteAfter() / NANOS : steps.response();
    }

    /** What is measured, in ms, by the names that the result has. */
    Map<String, Double> figures() {
        Map<String, Double> figures = new LinkedHashMap<>();
        if (exchange.firstByteAfter() > 0) {
            figures.put("total", exchange.firstByteAfter() / NANOS);
        }
        figures.put("wire", steps.response());
        if (exchange.connect() > 0) {
            double syn = flow.synMillis() - exchange.connect() / NANOS;
            figures.put("beforeSyn", syn);
            figures.put("seenAfter", exchange.firstByteAfter() / NANOS - syn - steps.response());
        }
        if (exchange.outcome() != null) {
            figures.put("held", exchange.held() / NANOS);
        }
        figures.put("synAck", steps.synAck());
        if (steps.clientHello() > 0) {
            figures.put("clientHello", steps.clientHello() - steps.synAck());
        }
        figures.put("serverHello", steps.serverHello() - steps.clientHello());
        figures.put("finished", steps.finished() - steps.serverHello());
        figures.put("request", steps.request() - steps.finished());
        figures.put("response", steps.response() - steps.request());
        return figures;
    }
}
