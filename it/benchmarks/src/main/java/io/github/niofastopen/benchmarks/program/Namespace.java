// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.benchmarks.program;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A network namespace with nothing but loopback, in which a program may set what TCP does without touching this machine. */
public final class Namespace {
    private static final String SCRIPT = String.join("\n",
        "set -e",
        "ip link set lo up",
        "echo \"$1\" > /proc/sys/net/ipv4/tcp_fastopen",
        // Not there in a user namespace before Linux 6.12.
        "[ ! -w /proc/sys/net/core/somaxconn ] || echo 65535 > /proc/sys/net/core/somaxconn",
        "echo 65535 > /proc/sys/net/ipv4/tcp_max_syn_backlog",
        "echo '1024 65535' > /proc/sys/net/ipv4/ip_local_port_range",
        "shift",
        "exec \"$@\"");

    private Namespace() {
    }

    /**
     * The command line of a program in a namespace of its own.
     *
     * @param fastOpen {@code net.ipv4.tcp_fastopen} there: 1 clients, 2 servers, 3 both
     */
    public static List<String> around(int fastOpen, List<String> command) {
        List<String> words = new ArrayList<>(List.of("unshare", "--map-root-user", "--net", "sh", "-c", SCRIPT, "sh",
            String.valueOf(fastOpen)));
        words.addAll(command);
        return words;
    }

    /** @throws BenchmarkException if there can be none here */
    public static void check() throws IOException, InterruptedException, BenchmarkException {
        try {
            Process process = new ProcessBuilder(around(3, List.of("true"))).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes()).strip();
            if (process.waitFor() != 0) {
                throw missing(said);
            }
        } catch (IOException e) {
            throw missing(e.getMessage());
        }
    }

    private static BenchmarkException missing(String why) {
        return new BenchmarkException(BenchmarkException.NOT_HERE, "no network namespace can be made here (" + why + "); run it as root,"
            + " or where user namespaces are allowed, with unshare and ip (Debian: apt-get install util-linux iproute2)");
    }
}
