// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.benchmarks.memory;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.niofastopen.benchmarks.program.Benchmark;
import io.github.niofastopen.benchmarks.program.BenchmarkException;
import io.github.niofastopen.benchmarks.program.Jvm;
import io.github.niofastopen.benchmarks.program.Namespace;
import io.github.niofastopen.benchmarks.program.Options;
import io.github.niofastopen.benchmarks.startup.ColdJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What the provider takes of the heap for each channel, how many classes it loads, and which threads it starts. */
public final class MemoryBenchmark extends Benchmark {
    private static final int CLIENTS_AND_SERVERS = 3;
    private static final int KNOWS_UNSAFE_OPTION = 23;
    /** Where the objects of a channel have their classes. */
    private static final List<String> OPENED = List.of("java.io", "java.lang", "java.lang.ref", "java.net", "java.nio.channels",
        "java.nio.channels.spi", "java.util", "java.util.concurrent", "java.util.concurrent.atomic", "java.util.concurrent.locks",
        "sun.nio.ch");

    private MemoryBenchmark() {
        super("memory", "Tells what a channel or socket takes of the heap (by JOL), how many classes the provider loads, and which threads\n"
            + "it starts, beside the JDK's. Needs root or user namespaces.");
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        System.exit(new MemoryBenchmark().run(arguments));
    }

    @Override
    protected void measure(Options options, ObjectNode result) throws IOException, InterruptedException, BenchmarkException {
        Namespace.check();
        for (Path home : options.jdks()) {
            Jvm jvm = Jvm.in(home);
            progress("JDK " + jvm.version());
            ObjectNode one = result.withArray("jdks").addObject().put("jdk", jvm.version());
            for (boolean on : new boolean[] {false, true}) {
                List<String> command = Namespace.around(CLIENTS_AND_SERVERS, footprint(jvm, on ? jvm.switchedOn() : List.of(), "channel"));
                ObjectNode figures = one.putObject(on ? "on" : "off").put("command", Jvm.readable(command));
                figures.set("channel", JSON.readTree(Jvm.lastLine(command)));
                List<String> ofSockets = Namespace.around(CLIENTS_AND_SERVERS, footprint(jvm, on ? jvm.withAgent() : List.of(), "socket"));
                figures.set("socket", JSON.readTree(Jvm.lastLine(ofSockets)));
                countClasses(jvm, on, figures);
            }
        }
    }

    private static List<String> footprint(Jvm jvm, List<String> activation, String kind) {
        List<String> command = jvm.java("-cp", System.getProperty("java.class.path"), "-XX:+UseSerialGC",
            "-Djol.magicFieldOffset=true", "-Djol.tryWithSudo=false", "-Djava.util.logging.config.file=/dev/null");
        if (jvm.feature() >= KNOWS_UNSAFE_OPTION) {
            command.add("--sun-misc-unsafe-memory-access=allow");
        }
        OPENED.forEach(name -> command.add("--add-opens=java.base/" + name + "=ALL-UNNAMED"));
        if (!activation.isEmpty()) {
            command.addAll(activation);
            command.addAll(List.of("-Dniofastopen.loopback=true", "-Dniofastopen.window=60000", "-Dniofastopen.server.queue=1024"));
        }
        command.addAll(List.of(Footprint.class.getName(), kind));
        return command;
    }

    private static void countClasses(Jvm jvm, boolean on, ObjectNode figures)
            throws IOException, InterruptedException, BenchmarkException {
        Path folder = Files.createTempDirectory("nio-fastopen-benchmark-");
        Path log = folder.resolve("loaded");
        Path program = ColdJvm.programJar(folder);
        try {
            ColdJvm.of(jvm, on, program, "-Xlog:class+load:file=" + log).run();
            List<String> lines = new ArrayList<>(Files.readAllLines(log));
            figures.put("classes", lines.size());
            figures.put("classesOfTheProvider", lines.stream().filter(line -> line.contains("] io.github.niofastopen.")
                && !line.contains(".benchmarks.")).count());
        } finally {
            Files.deleteIfExists(log);
            Files.deleteIfExists(program);
            Files.deleteIfExists(folder);
        }
    }

    @Override
    protected String markdown(ObjectNode result) {
        return MemorySection.markdown(result);
    }
}
