// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.clients;

import io.github.niofastopen.it.lab.Flow;
import java.util.List;

/** What one JVM did, as it told and as it was seen on the wire. */
record Pass(List<String> lines, List<Flow> flows) {
    private static final String OK = "ok ";

    static boolean isSuccess(String outcome) {
        return outcome.startsWith(OK);
    }

    /** What became of the exchanges of a step. */
    List<String> outcomes(Step step) {
        return lines.stream().filter(line -> line.startsWith(step.name() + " "))
            .map(line -> line.substring(line.indexOf(' ') + 1)).toList();
    }

    /** The kinds of outcome of a step, each once: success, or an exception. */
    List<String> kinds(Step step) {
        return outcomes(step).stream().map(outcome -> isSuccess(outcome) ? OK : outcome).distinct().sorted().toList();
    }

    List<Flow> flows(Step step) {
        return flows.stream().filter(flow -> flow.farPort() == step.port()).toList();
    }

    /** The fresh connections that could gain: the one that fetches the cookie can't. */
    List<Flow> laterFlows() {
        List<Flow> fresh = flows(Step.FRESH);
        return fresh.subList(Math.min(1, fresh.size()), fresh.size());
    }

    /** From the SYN to the server's first byte, in ms: the least of the later connections. */
    double leastFirstByteMillis() {
        return laterFlows().stream().mapToDouble(Flow::firstServerDataMillis).min().orElseThrow();
    }

    /** From the client's call to the content, in ms, as the program took it: the least of the later fresh exchanges. */
    double leastExchangeMillis() {
        return leastLaterMillis(Step.FRESH);
    }

    double firstMillis(Step step) {
        return millis(outcomes(step).get(0));
    }

    double leastLaterMillis(Step step) {
        return outcomes(step).stream().skip(1).mapToDouble(Pass::millis).min().orElseThrow();
    }

    /** How much the SYNs of the later fresh connections carried: each size once. */
    List<Integer> bytesInSyn() {
        return laterFlows().stream().map(Flow::synPayload).distinct().sorted().toList();
    }

    private static double millis(String outcome) {
        return Double.parseDouble(outcome.substring(OK.length()));
    }
}
