// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.benchmarks.cold;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.niofastopen.benchmarks.cold.near.Start;
import io.github.niofastopen.benchmarks.cold.near.Started;
import io.github.niofastopen.benchmarks.cold.near.Starter;
import io.github.niofastopen.benchmarks.cold.program.HttpClientGet;
import io.github.niofastopen.benchmarks.cold.program.UrlGet;
import io.github.niofastopen.benchmarks.program.Benchmark;
import io.github.niofastopen.benchmarks.program.BenchmarkException;
import io.github.niofastopen.benchmarks.program.Jvm;
import io.github.niofastopen.benchmarks.program.Options;
import io.github.niofastopen.benchmarks.program.ProgramJar;
import io.github.niofastopen.it.lab.Certificate;
import io.github.niofastopen.it.lab.Flow;
import io.github.niofastopen.it.lab.JavaProgram;
import io.github.niofastopen.it.lab.Lab;
import io.github.niofastopen.it.lab.LabRun;
import io.github.niofastopen.it.program.HttpsFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What programs that have just been started win by their one connection, if they are given little of a processor, too. */
public final class ColdBenchmark extends Benchmark {
    private static final double RTT_MILLIS = 50;
    private static final String FAR = "192.0.2.2";
    private static final int PORT = 443;
    private static final int MARKER_PORT = 1023;
    private static final int SERVER_WARM_UP = 300;
    private static final int MOST_SECONDS = 900;
    private static final String OFF = "off";
    private static final String ON = "on";

    private final String[] words;
    private final int starts;

    private ColdBenchmark(String[] words, int starts) {
        super("cold", "Starts programs that make one HTTPS connection over a path of 50 ms, with the JDK's provider and with ours by turns,\n"
            + "plain and with an archive of classes, with all of the processors and with a part of one. Needs root or user namespaces.\n\n"
            + "  --starts N   how often each is started (5)");
        this.words = words.clone();
        this.starts = starts;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of(arguments));
        int starts = words.contains("--quick") ? 2 : 5;
        int option = words.indexOf("--starts");
        if (option >= 0) {
            starts = option + 1 < words.size() && words.get(option + 1).matches("[1-9][0-9]?") ? Integer.parseInt(words.get(option + 1)) : 0;
            if (starts == 0) {
                System.err.println("cold: --starts needs a number from 1 to 99\nTry --help.");
                System.exit(BenchmarkException.BAD_USAGE);
            }
            words.subList(option, option + 2).clear();
        }
        System.exit(new ColdBenchmark(arguments, starts).run(words.toArray(new String[0])));
    }

    @Override
    protected void measure(Options options, ObjectNode result) throws IOException, InterruptedException, BenchmarkException {
        result.put("command", getClass().getName() + " " + String.join(" ", words));
        Optional<String> unavailable = Lab.unavailable();
        if (unavailable.isPresent()) {
            throw new BenchmarkException(BenchmarkException.NOT_HERE, "no lab can be made on this machine: " + unavailable.get()
                + "; run it as root, or where user namespaces are allowed and /dev/net/tun can be opened");
        }
        Path folder = Files.createTempDirectory("nio-fastopen-benchmark-");
        try (Throttling throttling = Throttling.here()) {
            result.put("throttling", throttling.inWords()).put("starts", starts).put("rttMillis", RTT_MILLIS);
            Certificate certificate = Certificate.createIn(folder);
            Path programs = ProgramJar.of(folder.resolve("programs.jar"), HttpClientGet.class, UrlGet.class);
            for (Path home : options.jdks()) {
                for (Client client : Client.values()) {
                    measure(new ColdProgram(Jvm.in(home), client, programs, certificate, "https://" + FAR + ":" + PORT + "/", folder),
                        throttling, result);
                }
            }
        } finally {
            delete(folder);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private void measure(ColdProgram program, Throttling throttling, ObjectNode result) throws IOException, BenchmarkException {
        for (boolean archived : new boolean[] {false, true}) {
            for (Throttle throttle : Throttle.values()) {
                progress("JDK " + program.jvm().version() + ", " + program.client() + (archived ? ", " + program.kindOfArchive() : "")
                    + ", processors: " + throttle);
                ObjectNode one = result.withArray("cases").addObject().put("jdk", program.jvm().version())
                    .put("client", program.client().toString()).put("archive", archived ? program.kindOfArchive() : "none")
                    .put("processor", throttle.toString());
                for (String provider : List.of(OFF, ON)) {
                    one.putObject(provider).put("command",
                        Jvm.readable(archived ? program.archived(provider.equals(ON)) : program.plain(provider.equals(ON))));
                }
                add(plan(program, archived, throttle, throttling), program, one);
            }
        }
    }

    /** What isn't counted comes first: what writes an archive, and what fetches a cookie. */
    private List<Start> plan(ColdProgram program, boolean archived, Throttle throttle, Throttling throttling)
            throws IOException, BenchmarkException {
        List<Start> plan = new ArrayList<>();
        for (boolean on : new boolean[] {false, true}) {
            if (archived && !Files.exists(program.archive(on))) {
                plan.add(new Start(null, program.training(on)));
            }
        }
        List<String> off = archived ? program.archived(false) : program.plain(false);
        List<String> on = archived ? program.archived(true) : program.plain(true);
        plan.add(new Start(null, off));
        plan.add(new Start(null, on));
        Start ofTheJdk = new Start(OFF, throttling.around(throttle, off));
        Start ours = new Start(ON, throttling.around(throttle, on));
        for (int i = 0; i < starts; i++) {
            plan.addAll(i % 2 == 0 ? List.of(ofTheJdk, ours) : List.of(ours, ofTheJdk));
        }
        return plan;
    }

    private void add(List<Start> plan, ColdProgram program, ObjectNode one) throws IOException, BenchmarkException {
        Path file = program.folder().resolve("plan.json");
        JSON.writeValue(file.toFile(), plan);
        JavaProgram server = JavaProgram.of(HttpsFixture.class).withSwitch().property("niofastopen.server.queue", 64)
            .arguments(program.certificate().keyStore(), program.certificate().password(), SERVER_WARM_UP, PORT, MARKER_PORT);
        LabRun run = Lab.path(RTT_MILLIS).option("--wait-port", MARKER_PORT).option("--timeout", MOST_SECONDS)
            .far(server).near(JavaProgram.of(Starter.class).arguments(file, FAR, MARKER_PORT)).run();
        if (run.status() != 0) {
            throw new BenchmarkException(BenchmarkException.FAILED, "the programs ended with status " + run.status() + ":\n"
                + String.join("\n", run.err()));
        }
        List<List<Flow>> connections = connections(run);
        if (connections.size() != plan.size() || run.out().size() != plan.size()) {
            throw new BenchmarkException(BenchmarkException.FAILED, "of " + plan.size() + " starts were seen: " + run);
        }
        for (int i = 0; i < plan.size(); i++) {
            Started started = JSON.readValue(run.out().get(i), Started.class);
            if (started.what() != null) {
                ObjectNode figures = (ObjectNode) one.get(started.what());
                figures.withArray("firstByteMillis").add(started.firstByteMillis());
                figures.withArray("programMillis").add(started.programMillis());
                figures.withArray("helloInSyn").add(connections.get(i).stream()
                    .anyMatch(flow -> flow.synCarriesClientHello() && flow.synDataWasAcknowledged()));
            }
        }
    }

    /** Those of each start; the connection that marks its beginning is none of them. */
    private static List<List<Flow>> connections(LabRun run) {
        List<List<Flow>> byStart = new ArrayList<>();
        for (Flow flow : run.flows()) {
            if (flow.farPort() == MARKER_PORT) {
                byStart.add(new ArrayList<>());
            } else if (!byStart.isEmpty()) {
                byStart.get(byStart.size() - 1).add(flow);
            }
        }
        return byStart;
    }

    @Override
    protected String markdown(ObjectNode result) {
        return ColdSection.markdown(result);
    }
}
