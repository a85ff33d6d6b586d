// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.tool.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the kernel and its settings have to say. */
final class KernelFindings {
    static final String SYSCTL_SUBJECT = "sysctl";

    // Bits of net.ipv4.tcp_fastopen (Documentation/networking/ip-sysctl.rst)
    private static final int CLIENT = 1;
    private static final int SERVER = 2;
    private static final int CLIENT_WITHOUT_COOKIE = 4;
    private static final int SERVER_WITHOUT_COOKIE = 0x200;
    private static final int ALL_LISTENERS = 0x400;

    private static final String SYSCTL = "net.ipv4.tcp_fastopen";
    private static final String BLACK_HOLE = "net.ipv4.tcp_fastopen_blackhole_timeout_sec";
    /** Linux 4.11: {@code TCP_FASTOPEN_CONNECT}. */
    private static final int MAJOR = 4;
    private static final int MINOR = 11;
    private static final Pattern RELEASE = Pattern.compile("(\\d+)\\.(\\d+).*", Pattern.DOTALL);

    private final SystemFiles files;
    private final Map<String, String> environment;

    KernelFindings(SystemFiles files, Map<String, String> environment) {
        this.files = files;
        this.environment = environment;
    }

    List<Finding> all() {
        List<Finding> findings = new ArrayList<>(List.of(kernel()));
        if (files.has("proc/sys/kernel/osrelease")) {
            findings.add(sysctl());
            blackHole().ifPresent(findings::add);
            findings.add(sandbox());
            container().ifPresent(findings::add);
        }
        return findings;
    }

    private Finding kernel() {
        Optional<String> release = files.text("proc/sys/kernel/osrelease");
        if (release.isEmpty()) {
            return Finding.stops("kernel", "this isn't Linux, or /proc isn't mounted; TCP Fast Open is supported on Linux only");
        }
        Matcher numbers = RELEASE.matcher(release.get());
        if (!numbers.matches()) {
            return Finding.note("kernel", "Linux " + release.get());
        }
        int major = Integer.parseInt(numbers.group(1));
        boolean old = major < MAJOR || major == MAJOR && Integer.parseInt(numbers.group(2)) < MINOR;
        return old
            ? Finding.stops("kernel", "Linux " + release.get() + " has no TCP_FASTOPEN_CONNECT", "update to Linux 4.11 or later; gVisor has none in any version")
            : Finding.ok("kernel", "Linux " + release.get());
    }

    private Finding sysctl() {
        OptionalInt value = files.number("proc/sys/net/ipv4/tcp_fastopen");
        if (value.isEmpty()) {
            return Finding.note(SYSCTL_SUBJECT, SYSCTL + " can't be read; whether it is on shows when it is tried, below");
        }
        int bits = value.getAsInt();
        String set = SYSCTL + " = " + bits + ": ";
        if ((bits & CLIENT) == 0) {
            return Finding.stops(SYSCTL_SUBJECT, set + "the client's side is switched off", remedies(bits | CLIENT));
        }
        return Finding.ok(SYSCTL_SUBJECT, set + "clients on"
            + ((bits & CLIENT_WITHOUT_COOKIE) == 0 ? "" : ", which send data without a cookie")
            + ((bits & SERVER) == 0 ? "; servers of this machine don't accept it (value 2)"
                : (bits & ALL_LISTENERS) == 0 ? ", servers on that ask for it" : ", all servers on")
            + ((bits & SERVER_WITHOUT_COOKIE) == 0 ? "" : ", without a cookie"));
    }

    private String[] remedies(int bits) {
        List<String> remedies = new ArrayList<>(List.of(
            "sysctl -w " + SYSCTL + "=" + bits,
            "echo '" + SYSCTL + " = " + bits + "' > /etc/sysctl.d/90-tcp-fastopen.conf   (to keep it)"));
        if (containerKind().isPresent()) {
            remedies.add("docker run --sysctl " + SYSCTL + "=" + bits + " ...   (a container has its own)");
            remedies.add("Kubernetes: securityContext: {sysctls: [{name: " + SYSCTL + ", value: \"" + bits
                + "\"}]}, allowed by the kubelet's --allowed-unsafe-sysctls");
        }
        return remedies.toArray(String[]::new);
    }

    /**
     * The kernel's own precaution: when one connection's segments have timed out three times in a row, it switches clients off,
     * for all destinations (net/ipv4/tcp_fastopen.c, tcp_fastopen_active_detect_blackhole). It serves other programs, too.
     */
    private Optional<Finding> blackHole() {
        OptionalInt seconds = files.number("proc/sys/net/ipv4/tcp_fastopen_blackhole_timeout_sec");
        Map<String, Long> counters = files.fastOpenCounters();
        if (seconds.isEmpty()) {
            return Optional.empty();
        }
        List<String> details = counters.entrySet().stream().sorted(Map.Entry.comparingByKey())
            .map(counter -> counter.getKey() + " " + counter.getValue()).toList();
        if (seconds.getAsInt() == 0) {
            return Optional.of(Finding.ok("black holes", "the kernel doesn't switch Fast Open off by itself (" + BLACK_HOLE + " = 0)")
                .withDetails(details));
        }
        long times = counters.getOrDefault("TCPFastOpenBlackhole", 0L);
        String text = BLACK_HOLE + " = " + seconds.getAsInt()
            + ": when a connection of any program times out three times in a row, the kernel switches Fast Open off for all"
            + " destinations, for that many seconds and longer each time; that has happened "
            + (times == 0 ? "never" : times == 1 ? "once" : times + " times") + " here";
        return Optional.of((times == 0 ? Finding.ok("black holes", text) : Finding.note("black holes", text)).withDetails(details));
    }

    private Finding sandbox() {
        List<String> found = new ArrayList<>();
        if (files.field("proc/self/status", "Seccomp").orElse("0").equals("2")) {
            found.add("a seccomp filter is in force");
        }
        files.text("proc/self/attr/current").map(label -> label.replace("\0", "").strip())
            .filter(label -> !label.isEmpty() && !label.equals("unconfined"))
            .ifPresent(label -> found.add("the security module's label is " + label));
        return found.isEmpty() ? Finding.ok("sandbox", "no seccomp filter, no label of a security module")
            : Finding.note("sandbox", String.join("; ", found) + "; whether it refuses anything shows when it is tried, below");
    }

    private Optional<Finding> container() {
        return containerKind().map(kind -> Finding.note("container", "this is a container (" + kind
            + "): the settings above are those of its network namespace, not the host's"));
    }

    private Optional<String> containerKind() {
        if (environment.containsKey("KUBERNETES_SERVICE_HOST")) {
            return Optional.of("Kubernetes");
        }
        if (files.has(".dockerenv")) {
            return Optional.of("Docker");
        }
        if (files.has("run/.containerenv")) {
            return Optional.of("Podman");
        }
        return Optional.ofNullable(environment.get("container"));
    }
}
