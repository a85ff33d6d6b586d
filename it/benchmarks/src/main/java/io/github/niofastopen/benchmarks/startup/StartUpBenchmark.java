// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.benchmarks.startup;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.niofastopen.benchmarks.program.Benchmark;
import io.github.niofastopen.benchmarks.program.BenchmarkException;
import io.github.niofastopen.benchmarks.program.Jvm;
import io.github.niofastopen.benchmarks.program.Options;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What the switch and the agent cost a JVM that has just started: time from its start to its end, with one channel opened in
 * between.
 */
public final class StartUpBenchmark extends Benchmark {
    private static final int ROUNDS = 60;
    private static final int ROUNDS_QUICKLY = 5;
    private static final int WARM_UP = 3;
    private static final List<String> NAMES = List.of("off", "on", "agent");

    private StartUpBenchmark() {
        super("start-up", "Measures what the switch and the agent cost a cold JVM that opens one channel: wall and processor time of\n"
            + "JVMs with and without them by turns, the switch also with a dynamic archive of classes. Needs bash.");
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        System.exit(new StartUpBenchmark().run(arguments));
    }

    @Override
    protected void measure(Options options, ObjectNode result) throws IOException, InterruptedException, BenchmarkException {
        if (!Files.isExecutable(Path.of("/bin/bash"))) {
            throw new BenchmarkException(BenchmarkException.NOT_HERE, "bash, which measures the time of a process, isn't installed;"
                + " install it (Debian: apt-get install bash)");
        }
        Path folder = Files.createTempDirectory("nio-fastopen-benchmark-");
        try {
            Path program = ColdJvm.programJar(folder);
            for (Path home : options.jdks()) {
                Jvm jvm = Jvm.in(home);
                compare(jvm, false, List.of(ColdJvm.of(jvm, false, program), ColdJvm.of(jvm, true, program),
                    ColdJvm.ofAgent(jvm, program)), options, result);
                Path archiveOff = folder.resolve("off-" + jvm.version() + ".jsa");
                Path archiveOn = folder.resolve("on-" + jvm.version() + ".jsa");
                compare(jvm, true, List.of(ColdJvm.archived(jvm, false, program, archiveOff),
                    ColdJvm.archived(jvm, true, program, archiveOn)), options, result);
            }
        } finally {
            try (var files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(folder);
        }
    }

    /**
     * By turns, so that whatever slows the machine slows all.
     *
     * @param all without the switch, with it, and perhaps with the agent
     */
    private void compare(Jvm jvm, boolean archived, List<ColdJvm> all, Options options, ObjectNode result)
            throws IOException, InterruptedException, BenchmarkException {
        int rounds = options.quick() ? ROUNDS_QUICKLY : ROUNDS;
        progress("JDK " + jvm.version() + (archived ? " with" : " without") + " an archive of classes, " + rounds + " rounds");
        ObjectNode one = result.withArray("cases").addObject().put("jdk", jvm.version()).put("archive", archived);
        for (int which = 0; which < all.size(); which++) {
            one.putObject(NAMES.get(which)).put("command", Jvm.readable(all.get(which).command()));
        }
        for (int round = -WARM_UP; round < rounds; round++) {
            for (int turn = 0; turn < all.size(); turn++) {
                // Each of them is first, last, and between the others in turn.
                int which = Math.floorMod(round + turn, all.size());
                ColdJvm.Times times = all.get(which).time();
                if (round >= 0) {
                    ObjectNode figures = (ObjectNode) one.get(NAMES.get(which));
                    figures.withArray("wallMillis").add(times.wall());
                    figures.withArray("processorMillis").add(times.processor());
                }
            }
        }
    }

    @Override
    protected String markdown(ObjectNode result) {
        return StartUpSection.markdown(result);
    }
}
