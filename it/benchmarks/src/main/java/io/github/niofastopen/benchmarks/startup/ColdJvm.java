// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.benchmarks.startup;

import io.github.niofastopen.benchmarks.program.BenchmarkException;
import io.github.niofastopen.benchmarks.program.Jvm;
import io.github.niofastopen.benchmarks.program.ProgramJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A JVM that opens one channel and ends, of one JDK, with or without the provider and an archive of classes. */
public final class ColdJvm {
    /** bash tells wall, user and system time of a command in ms. */
    private static final List<String> TIMED = List.of("bash", "-c", "TIMEFORMAT='%3R %3U %3S'; time \"$@\" 2>/dev/null", "bash");
    private static final String MAIN = OpenOneChannel.class.getName();

    private final List<String> command;

    private ColdJvm(List<String> command) {
        this.command = command;
    }

    public static Path programJar(Path folder) throws IOException {
        return ProgramJar.of(folder.resolve("open-one-channel.jar"), OpenOneChannel.class);
    }

    /** @param programJar as {@link #programJar} makes it */
    public static ColdJvm of(Jvm jvm, boolean switchedOn, Path programJar, String... options) throws BenchmarkException {
        return with(switchedOn ? jvm.switchedOn() : List.of(), jvm, programJar, options);
    }

    /** With the agent in the place of the switch. */
    static ColdJvm ofAgent(Jvm jvm, Path programJar) throws BenchmarkException {
        return with(jvm.withAgent(), jvm, programJar);
    }

    private static ColdJvm with(List<String> activation, Jvm jvm, Path programJar, String... options) throws BenchmarkException {
        List<String> command = jvm.java("-cp", Jvm.providerJar() + ":" + programJar);
        command.addAll(activation);
        command.addAll(List.of(options));
        command.add(MAIN);
        return new ColdJvm(command);
    }

    /** The same with an archive of the classes that such a JVM loads, which is written now. */
    public static ColdJvm archived(Jvm jvm, boolean switchedOn, Path programJar, Path archive)
            throws IOException, InterruptedException, BenchmarkException {
        of(jvm, switchedOn, programJar, "-XX:ArchiveClassesAtExit=" + archive, "-Xlog:disable").run();
        if (!Files.exists(archive)) {
            throw new BenchmarkException(BenchmarkException.FAILED, "JDK " + jvm.version() + " has written no archive of classes");
        }
        return of(jvm, switchedOn, programJar, "-XX:SharedArchiveFile=" + archive, "-Xlog:disable");
    }

    public void run() throws IOException, InterruptedException, BenchmarkException {
        Jvm.output(command);
    }

    public List<String> command() {
        return command;
    }

    /** Runs it once: wall time and processor time, user and system, in ms. */
    Times time() throws IOException, InterruptedException, BenchmarkException {
        List<String> timed = new ArrayList<>(TIMED);
        timed.addAll(command);
        Process process = new ProcessBuilder(timed).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        String line = new String(process.getErrorStream().readAllBytes()).strip();
        if (process.waitFor() != 0) {
            throw new BenchmarkException(BenchmarkException.FAILED, "status " + process.exitValue() + " of " + command);
        }
        return Times.parse(line);
    }

    /** Wall and processor time in ms. */
    record Times(double wall, double processor) {
        static Times parse(String line) {
            String[] seconds = line.replace(',', '.').split(" ");
            if (seconds.length != 3) {
                throw new IllegalArgumentException(String.format(Locale.ROOT, "no times in \"%s\"", line));
            }
            return new Times(1000 * Double.parseDouble(seconds[0]),
                1000 * (Double.parseDouble(seconds[1]) + Double.parseDouble(seconds[2])));
        }
    }
}
