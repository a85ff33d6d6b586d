// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.outcomes;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import javax.management.openmbean.TabularData;

/**
 * How many connections were deferred.
 *
 * @param acknowledged those whose SYN carried data that the peer acknowledged, as the kernel counts them
 * @param held those whose SYN was held back, as our provider counts them
 */
public record Deferred(long acknowledged, long held) {
    private static final String MARK = "deferred";
    private static final int FIELDS = 3;
    private static final ObjectName BEAN = bean();
    private static final Path COUNTERS = Path.of("/proc/self/net/netstat");
    /** Outcomes of connects that the kernel had what it takes for, and that were not left to the JDK. */
    private static final Set<String> OF_HELD_SYNS = Set.of("ACCEPTED", "TOO_LARGE", "DATA_NOT_ACKNOWLEDGED", "NOT_TLS",
        "WINDOW_ELAPSED", "CLOSED_UNWRITTEN");

    public String toLine() {
        return String.join("\t", MARK, Long.toString(acknowledged), Long.toString(held));
    }

    /** The last line of that kind among others. */
    public static Optional<Deferred> parse(List<String> lines) {
        return lines.stream().map(line -> line.split("\t", -1))
            .filter(fields -> fields.length == FIELDS && fields[0].equals(MARK))
            .map(fields -> new Deferred(Long.parseLong(fields[1]), Long.parseLong(fields[2])))
            .reduce((first, last) -> last);
    }

    /** TCPFastOpenActive of this network namespace. */
    public static long acknowledgedInThisNamespace() throws IOException {
        List<String> lines = Files.readAllLines(COUNTERS);
        List<String> names = words(lines, 0);
        return Long.parseLong(words(lines, 1).get(names.indexOf("TCPFastOpenActive")));
    }

    private static List<String> words(List<String> lines, int which) {
        return lines.stream().filter(line -> line.startsWith("TcpExt:")).skip(which).findFirst()
            .map(line -> Arrays.asList(line.split(" "))).orElseThrow();
    }

    /** The provider's management bean appears only where there is an MBean server before the first connect. */
    public static void letTheProviderCount() {
        ManagementFactory.getPlatformMBeanServer();
    }

    /** By our provider's management bean; 0 where there is none. */
    public static long countedByTheProvider() throws IOException {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        try {
            if (!server.isRegistered(BEAN)) {
                return 0;
            }
            TabularData outcomes = (TabularData) server.getAttribute(BEAN, "Outcomes");
            return OF_HELD_SYNS.stream().map(outcome -> outcomes.get(new Object[] {outcome}))
                .mapToLong(row -> row == null ? 0 : (Long) row.get("value")).sum();
        } catch (JMException e) {
            throw new IOException(e);
        }
    }

    /** By the same bean, what it has learned of paths and destinations. */
    public static void letTheProviderForget() {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        try {
            if (server.isRegistered(BEAN)) {
                server.invoke(BEAN, "forgetAll", new Object[0], new String[0]);
            }
        } catch (JMException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ObjectName bean() {
        try {
            return new ObjectName("io.github.niofastopen:type=FastOpen");
        } catch (MalformedObjectNameException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
