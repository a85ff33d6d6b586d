// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.demo;

import io.github.niofastopen.it.lab.Flow;
import io.github.niofastopen.it.lab.LabRun;
import java.util.List;

/**
 * What one run of the demo showed, its first connection left out: that one fetches the cookie, and loads classes.
 *
 * @param firstByteMillis the time to each response's first byte, sorted
 * @param flows the connections
 * @param complaints what the client and the server printed to standard error
 */
record Measured(List<Double> firstByteMillis, List<Flow> flows, List<String> complaints) {

    /** By the program's own clock, from before the request to its response's first byte. */
    static Measured byProgram(LabRun run) {
        return new Measured(run.out().stream().skip(1).map(line -> Long.parseLong(line.trim()) / 1e3).sorted().toList(),
            withoutFirst(run.flows()), run.complaints());
    }

    /** By the lab's clock, from the SYN to the first answer to the client's second flight. */
    static Measured byLab(LabRun run) {
        List<Flow> flows = withoutFirst(run.flows());
        return new Measured(flows.stream().filter(flow -> flow.firstReplyMicros().isPresent())
            .map(flow -> flow.firstReplyMicros().getAsLong() / 1e3).sorted().toList(), flows, run.complaints());
    }

    private static List<Flow> withoutFirst(List<Flow> flows) {
        return flows.subList(Math.min(1, flows.size()), flows.size());
    }

    double medianMillis() {
        int size = firstByteMillis.size();
        return (firstByteMillis.get((size - 1) / 2) + firstByteMillis.get(size / 2)) / 2;
    }

    double leastMillis() {
        return firstByteMillis.get(0);
    }

    double mostMillis() {
        return firstByteMillis.get(firstByteMillis.size() - 1);
    }

    /** Connections whose whole ClientHello rode: the server answered it when nothing but the SYN had come. */
    long gains() {
        return flows.stream().filter(flow -> flow.synCarriesClientHello() && flow.serverSpokeAfterTheSynAlone()).count();
    }

    boolean someGained() {
        return gains() > 0;
    }

    boolean mostGained() {
        return 2 * gains() > flows.size();
    }

    /** The least and the most that a SYN carried. */
    String synBytes() {
        List<Integer> sizes = flows.stream().map(Flow::synPayload).sorted().distinct().toList();
        return sizes.isEmpty() ? "-" : sizes.size() == 1 ? sizes.get(0).toString()
            : sizes.get(0) + " to " + sizes.get(sizes.size() - 1);
    }
}
