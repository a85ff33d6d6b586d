// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.demo;

import io.github.niofastopen.it.lab.Flow;
import io.github.niofastopen.it.lab.LabRun;
import java.util.List;
import java.util.Locale;

/**
 * What one run of the demo showed, its first connection left out: that one fetches the cookie, and loads classes.
 *
 * @param provider who made the channels
 * @param firstByteMillis the time to each response's first byte, sorted
 * @param flows the connections
 * @param complaints what the client and the server printed to standard error
 */
record Measured(String provider, List<Double> firstByteMillis, List<Flow> flows, List<String> complaints) {

    /** By the program's own clock, from before the request to its response's first byte. */
    static Measured byProgram(String provider, LabRun run) {
        return new Measured(provider,
            run.out().stream().skip(1).map(line -> Long.parseLong(line.trim()) / 1e3).sorted().toList(),
            withoutFirst(run.flows()), run.complaints());
    }

    /** By the lab's clock, from the SYN to the first answer to the client's second flight. */
    static Measured byLab(String provider, LabRun run) {
        List<Flow> flows = withoutFirst(run.flows());
        return new Measured(provider,
            flows.stream().filter(flow -> flow.firstReplyMicros().isPresent())
                .map(flow -> flow.firstReplyMicros().getAsLong() / 1e3).sorted().toList(),
            flows, run.complaints());
    }

    private static List<Flow> withoutFirst(List<Flow> flows) {
        return flows.subList(Math.min(1, flows.size()), flows.size());
    }

    double medianMillis() {
        int size = firstByteMillis.size();
        return (firstByteMillis.get((size - 1) / 2) + firstByteMillis.get(size / 2)) / 2;
    }

    long synsWithClientHello() {
        return flows.stream().filter(Flow::synCarriesClientHello).count();
    }

    static String header() {
        return String.format("%-16s %12s %19s %12s %24s %14s", "provider", "first byte", "least to most",
            "round trips", "SYNs with a ClientHello", "bytes in a SYN");
    }

    String row(double rttMillis) {
        List<Integer> sizes = flows.stream().map(Flow::synPayload).sorted().distinct().toList();
        String bytes = sizes.isEmpty() ? "-" : sizes.size() == 1 ? sizes.get(0).toString()
            : sizes.get(0) + " to " + sizes.get(sizes.size() - 1);
        return String.format(Locale.ROOT, "%-16s %9.1f ms %16s ms %12.2f %24s %14s", provider, medianMillis(),
            String.format(Locale.ROOT, "%.1f to %.1f", firstByteMillis.get(0), firstByteMillis.get(firstByteMillis.size() - 1)),
            medianMillis() / rttMillis, synsWithClientHello() + " of " + flows.size(), bytes);
    }
}
