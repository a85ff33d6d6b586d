// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.lab;

import java.util.List;

/**
 * What a run of the lab left.
 *
 * @param status the client's exit status, or the lab's own
 * @param out what the client printed
 * @param err what client, server and lab printed to standard error
 * @param flows the connections that passed, in order of their first SYN
 * @param nearPackets what the near end sent, and what it got; none unless they were captured
 * @param farPackets the same of the far end
 */
public record LabRun(int status, List<String> out, List<String> err, List<Flow> flows, List<Packet> nearPackets,
        List<Packet> farPackets) {

    /** What was printed to standard error besides the line that says that Fast Open is on. */
    public List<String> complaints() {
        return err.stream().filter(line -> !line.startsWith("INFO: nio-fastopen ")).toList();
    }

    @Override
    public String toString() {
        return "status " + status + "\nout:\n" + String.join("\n", out) + "\nerr:\n" + String.join("\n", err)
            + "\nflows:\n" + String.join("\n", flows.stream().map(Flow::toString).toList());
    }
}
