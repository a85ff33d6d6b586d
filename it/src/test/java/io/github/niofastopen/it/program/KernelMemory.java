// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.program;

import static io.github.niofastopen.it.program.Scenario.BLOCKING_HEAP;

import io.github.niofastopen.linux.NativeLibrary;
import io.github.niofastopen.linux.TcpMetrics;
import io.github.niofastopen.linux.TcpMetricsTable;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Connects to an {@link EchoServer} by its two addresses, and then lets a process that has no capabilities tell what the
 * kernel remembers of them. The command line's first word says which part is played.
 */
public final class KernelMemory {
    private static final List<String> WITHOUT_CAPABILITIES =
        List.of("setpriv", "--bounding-set=-all", "--inh-caps=-all", "--no-new-privs");
    /** The lab's path is 50 ms long; what goes beyond 100 ms isn't noise, but another unit. */
    private static final int SHORTEST_RTT_MICROS = 50_000;
    private static final int LONGEST_RTT_MICROS = 100_000;

    private KernelMemory() {
    }

    /** Arguments: {@code connect}, two addresses and a port; or {@code tell} and pairs of destination and source. */
    public static void main(String[] arguments) throws Exception {
        if (arguments[0].equals("connect")) {
            Scenarios.main(new String[] {arguments[1], arguments[3], BLOCKING_HEAP.toString()});
            Scenarios.main(new String[] {arguments[2], arguments[3]});
            tellInAProcessWithoutCapabilities("tell", arguments[1], System.getenv("LAB_NEAR"), arguments[1], arguments[1]);
        } else {
            tell(arguments);
        }
    }

    private static void tellInAProcessWithoutCapabilities(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(WITHOUT_CAPABILITIES);
        command.addAll(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp", System.getProperty("java.class.path"), KernelMemory.class.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).inheritIO().start();
        if (process.waitFor() != 0) {
            throw new IllegalStateException("exit status " + process.exitValue());
        }
    }

    private static void tell(String... arguments) throws Exception {
        NativeLibrary.load(null);
        for (TcpMetrics metrics : TcpMetricsTable.all()) {
            System.out.println("all: " + text(metrics));
        }
        for (int i = 1; i < arguments.length; i += 2) {
            System.out.println("one: " + TcpMetricsTable.of(InetAddress.getByName(arguments[i]),
                InetAddress.getByName(arguments[i + 1])).map(KernelMemory::text).orElse("unknown"));
        }
    }

    private static String text(TcpMetrics metrics) {
        return metrics.destination().getHostAddress() + " from " + metrics.source().getHostAddress() + ", cookie of "
            + metrics.cookie().length() / 2 + " bytes, MSS " + metrics.mss() + ", SYNs dropped " + metrics.synDrops()
            + (metrics.sinceSynDropMillis() < 0 ? "" : metrics.sinceSynDropMillis() < 60_000 ? " just now" : " long ago")
            + (metrics.rttMicros() < SHORTEST_RTT_MICROS || metrics.rttMicros() > LONGEST_RTT_MICROS
                ? ", RTT " + metrics.rttMicros() + " µs" : "");
    }
}
