// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.soak;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * What a process holds, after a full collection of its heap.
 *
 * @param descriptors open files
 * @param sockets TCP sockets of the network namespace in any state but TIME_WAIT
 * @param threads live threads of the platform
 * @param channels channels, what sockets use, attempts and state machines of ours, and tasks of timers, on the heap
 * @param heapKib the heap in use
 * @param residentKib the memory of the process that is in RAM
 */
record Leftovers(long descriptors, long sockets, long threads, long channels, long heapKib, long residentKib) {
    private static final String MARK = "leftovers";
    private static final int FIELDS = 7;
    private static final String TIME_WAIT = "06";
    private static final int STATE = 3;
    private static final List<String> CLASSES = List.of("io.github.niofastopen.channel.FastOpenSocketChannel",
        "io.github.niofastopen.socket.FastOpenSocketImpl",
        "io.github.niofastopen.attempt.Attempt", "io.github.niofastopen.attempt.HalfClose",
        "io.github.niofastopen.attempt.Deferral",
        "java.util.concurrent.ScheduledThreadPoolExecutor$ScheduledFutureTask");

    static Leftovers now() throws IOException {
        long channels = 0;
        for (String line : classHistogram()) {
            String[] words = line.trim().split("\\s+");
            if (words.length > STATE && CLASSES.contains(words[STATE])) {
                channels += Long.parseLong(words[1]);
            }
        }
        long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 10;
        return new Leftovers(count(Path.of("/proc/self/fd")), countSockets(),
            ManagementFactory.getThreadMXBean().getThreadCount(), channels, heap, readResidentKib());
    }

    String toLine() {
        return Stream.of(descriptors, sockets, threads, channels, heapKib, residentKib).map(String::valueOf)
            .reduce(MARK, (line, number) -> line + "\t" + number);
    }

    static Optional<Leftovers> parse(String line) {
        String[] fields = line.split("\t", -1);
        if (fields.length != FIELDS || !fields[0].equals(MARK)) {
            return Optional.empty();
        }
        long[] n = Arrays.stream(fields).skip(1).mapToLong(Long::parseLong).toArray();
        return Optional.of(new Leftovers(n[0], n[1], n[2], n[3], n[4], n[5]));
    }

    /** Of the objects that can be reached: the JVM collects its heap first. */
    private static String[] classHistogram() throws IOException {
        try {
            return ((String) ManagementFactory.getPlatformMBeanServer().invoke(
                new ObjectName("com.sun.management:type=DiagnosticCommand"), "gcClassHistogram",
                new Object[] {new String[0]}, new String[] {String[].class.getName()})).split("\n");
        } catch (JMException e) {
            throw new IOException(e);
        }
    }

    private static long count(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.count();
        }
    }

    private static long countSockets() throws IOException {
        long sockets = 0;
        for (String table : List.of("tcp", "tcp6")) {
            sockets += Files.readAllLines(Path.of("/proc/self/net", table)).stream().skip(1)
                .filter(line -> !line.trim().split("\\s+")[STATE].equals(TIME_WAIT)).count();
        }
        return sockets;
    }

    private static long readResidentKib() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream().filter(line -> line.startsWith("VmRSS:"))
            .map(line -> line.replaceAll("\\D", "")).mapToLong(Long::parseLong).findFirst().orElseThrow();
    }
}
