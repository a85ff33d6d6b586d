// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.benchmarks.scale;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.niofastopen.benchmarks.program.Benchmark;
import io.github.niofastopen.benchmarks.program.BenchmarkException;
import io.github.niofastopen.benchmarks.program.Jvm;
import io.github.niofastopen.benchmarks.program.Namespace;
import io.github.niofastopen.benchmarks.program.Options;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** How what a channel costs grows with their number, with the switch and without. */
public final class ScaleBenchmark extends Benchmark {
    private static final int CLIENTS = 1;
    private static final int CLIENTS_AND_SERVERS = 3;
    private static final int DESCRIPTORS_BESIDES = 500;
    private static final int MOST_IN_A_SMALL_SIZE = 1000;
    private static final int ROUNDS_OF_SMALL_SIZES = 15;
    private static final int ROUNDS_OF_LARGE_SIZES = 4;
    private static final int PART_OF_ROUNDS_IF_QUICK = 3;
    /** For start, warm-up and what is written at the end. */
    private static final Duration MOST_BESIDES = Duration.ofMinutes(5);
    /** A channel takes 30 to 60 µs on hardware, and a ms in User Mode Linux, whose system calls are that slow. */
    private static final Duration MOST_OF_A_CHANNEL = Duration.ofMillis(5);

    private final List<String> command;
    private final List<Integer> sizes;

    private ScaleBenchmark(List<String> command, List<Integer> sizes) {
        super("scale", "Connects many channels of one JVM to loopback servers in a network namespace, with the switch and without, and\n"
            + "tells how rates, heap and the timer's cost grow with their number. Needs root or user namespaces, and twice as\n"
            + "many file descriptors as channels, half of them in each of two JVMs.\n\n"
            + "  --channels N[,N...]   how many channels (1000,10000,100000)");
        this.command = command;
        this.sizes = sizes;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of(arguments));
        List<Integer> sizes = List.of(1000, 10_000, 100_000);
        int option = words.indexOf("--channels");
        if (option >= 0) {
            try {
                sizes = Arrays.stream(words.get(option + 1).split(",")).map(Integer::valueOf).filter(n -> n >= 2).sorted().toList();
                words.subList(option, option + 2).clear();
            } catch (NumberFormatException | IndexOutOfBoundsException e) {
                sizes = List.of();
            }
            if (sizes.isEmpty()) {
                System.err.println("scale: --channels needs numbers of 2 or more, such as 1000,10000\nTry --help.");
                System.exit(BenchmarkException.BAD_USAGE);
            }
        }
        System.exit(new ScaleBenchmark(List.of(arguments), sizes).run(words.toArray(new String[0])));
    }

    @Override
    protected void measure(Options options, ObjectNode result) throws IOException, InterruptedException, BenchmarkException {
        result.put("command", getClass().getName() + " " + String.join(" ", command));
        Namespace.check();
        checkDescriptors();
        Jvm jvm = Jvm.in(options.jdks().get(0));
        result.put("jdk", jvm.version());
        for (Mode mode : Mode.values()) {
            progress("JDK " + jvm.version() + ", " + mode.inWords() + ", channels " + sizes);
            List<String> inside = Namespace.around(mode == Mode.COOKIE ? CLIENTS_AND_SERVERS : CLIENTS, client(jvm, mode, options.quick()));
            ObjectNode one = result.withArray("modes").addObject().put("mode", mode.name()).put("command", Jvm.readable(inside));
            one.setAll((ObjectNode) JSON.readTree(Jvm.lastLine(inside, most(sizes, options.quick()))));
        }
        progress("the timer alone");
        List<String> timer = jvm.java("-cp", System.getProperty("java.class.path"), TimerCost.class.getName(), "1000", "10000", "100000");
        result.setAll((ObjectNode) JSON.readTree(Jvm.lastLine(timer)));
    }

    private List<String> client(Jvm jvm, Mode mode, boolean quick) {
        List<String> words = jvm.java("-cp", System.getProperty("java.class.path"), "-Xms2g", "-Xmx2g");
        if (mode != Mode.OFF) {
            words.addAll(jvm.switchedOn());
            words.addAll(List.of("-Dniofastopen.loopback=true", "-Dniofastopen.window=60000",
                "-Djava.util.logging.config.file=/dev/null"));
        }
        words.add(ScaleClient.class.getName());
        words.addAll(jvm.java("-cp", System.getProperty("java.class.path"), "-Xms2g", "-Xmx2g"));
        if (mode == Mode.COOKIE) {
            words.addAll(jvm.switchedOn());
            words.addAll(List.of("-Dniofastopen.server.queue=65535", "-Djava.util.logging.config.file=/dev/null"));
        }
        words.addAll(List.of(ScaleServer.class.getName(), "--"));
        for (int size : sizes) {
            words.add(size + "x" + rounds(size, quick));
        }
        return words;
    }

    private static int rounds(int size, boolean quick) {
        int rounds = size <= MOST_IN_A_SMALL_SIZE ? ROUNDS_OF_SMALL_SIZES : ROUNDS_OF_LARGE_SIZES;
        return quick ? rounds / PART_OF_ROUNDS_IF_QUICK : rounds;
    }

    /** How long a mode may take: the client makes a round more of each size. */
    static Duration most(List<Integer> sizes, boolean quick) {
        long channels = sizes.stream().mapToLong(size -> (long) size * (rounds(size, quick) + 1)).sum();
        return MOST_BESIDES.plus(MOST_OF_A_CHANNEL.multipliedBy(channels));
    }

    /** The JVM raises the soft limit to the hard one by itself. */
    private void checkDescriptors() throws IOException, BenchmarkException {
        int most = sizes.get(sizes.size() - 1);
        String limit = Files.readAllLines(Path.of("/proc/self/limits")).stream().filter(line -> line.startsWith("Max open files"))
            .map(line -> line.split(" {2,}")[2]).findFirst().orElse("unlimited");
        if (!limit.equals("unlimited") && Long.parseLong(limit) < most + DESCRIPTORS_BESIDES) {
            throw new BenchmarkException(BenchmarkException.NOT_HERE, "the hard limit of open files is " + limit + ", and " + most
                + " channels need " + (most + DESCRIPTORS_BESIDES) + "; raise it (ulimit -Hn, LimitNOFILE=, docker --ulimit nofile=),"
                + " or ask for fewer with --channels");
        }
    }

    @Override
    protected String markdown(ObjectNode result) {
        return ScaleSection.markdown(result);
    }
}
