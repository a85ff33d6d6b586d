// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.benchmarks.path;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.niofastopen.benchmarks.path.near.NearEnd;
import io.github.niofastopen.benchmarks.path.near.Plan;
import io.github.niofastopen.benchmarks.path.near.Report;
import io.github.niofastopen.benchmarks.path.wire.Capture;
import io.github.niofastopen.benchmarks.program.BenchmarkException;
import io.github.niofastopen.it.lab.JavaProgram;
import io.github.niofastopen.it.lab.Lab;
import io.github.niofastopen.it.lab.LabRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Measures some contenders over a path, and adds what came of it to a result. */
final class Measurement {
    private static final int MOST_SECONDS = 1800;
    /** The client's end accepts Fast Open, too, for the warm-up on its loopback interface. */
    private static final int CLIENT_AND_SERVER = 3;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Steps steps;
    private final List<Contenders> contenders;
    private final int uncounted;
    private final ObjectNode result;

    Measurement(Steps steps, List<Contenders> contenders, int uncounted, ObjectNode result) {
        this.steps = steps;
        this.contenders = contenders;
        this.uncounted = uncounted;
        this.result = result;
        result.putArray("rows");
        result.putArray("failures");
    }

    void over(double rtt, int rounds) throws IOException, BenchmarkException {
        Path capture = steps.site().folder().resolve("capture.pcap");
        Nginx server = steps.site().server();
        System.err.printf(Locale.ROOT, "a path of %.0f ms: warming up%n", rtt);
        LabRun run = Lab.path(rtt).nearSysctl(CLIENT_AND_SERVER).option("--wait-port", Steps.PORT)
            .option("--pcap", capture).option("--timeout", MOST_SECONDS).far(server.on(Steps.PORT))
            .near(JavaProgram.of(NearEnd.class).arguments(plan(rounds))).watchedBy(line -> progress(rtt, line)).run();
        if (run.status() != 0) {
            throw new IOException("the clients ended with status " + run.status() + ":\n" + String.join("\n", run.err()));
        }
        Report report = JSON.readValue(String.join("\n", run.out()), Report.class);
        for (Report.Failure failure : report.failures()) {
            failed(rtt, Contenders.valueOf(failure.contender()), failure.words());
        }
        List<Sample> samples = Sample.of(report.exchanges(), run, Capture.read(capture, Steps.PORT));
        for (Contenders contender : contenders) {
            for (String handshake : List.of(NearEnd.FULL, NearEnd.RESUMED)) {
                add(rtt, contender, handshake, samples);
            }
        }
    }

    private Path plan(int rounds) throws IOException, BenchmarkException {
        List<Plan.Step> list = new ArrayList<>();
        for (Contenders contender : contenders) {
            list.add(steps.of(contender));
        }
        Path file = steps.site().folder().resolve("plan.json");
        JSON.writeValue(file.toFile(), new Plan(steps.site().server().on(Steps.WARM_UP_PORT), Steps.WARM_UP_PORT, rounds, list));
        return file;
    }

    private void add(double rtt, Contenders contender, String handshake, List<Sample> samples) throws IOException {
        List<Sample> own = samples.stream().filter(sample -> sample.exchange().contender().equals(contender.name())
            && sample.exchange().handshake().equals(handshake)).skip(uncounted).toList();
        if (own.stream().anyMatch(Sample::isRegular)) {
            result.withArray("rows").add(JSON.valueToTree(Row.of(rtt, contender, handshake, own)));
        } else if (!own.isEmpty()) {
            String words = String.format(Locale.ROOT, "none of %d exchanges was one connection with a %s handshake of TLS 1.3", own.size(),
                handshake);
            if (!contender.mayFail()) {
                throw new IOException(String.format(Locale.ROOT, "%s at %.0f ms: %s; the first: %s", contender.label(), rtt, words,
                    own.get(0)));
            }
            failed(rtt, contender, words);
        }
    }

    private void failed(double rtt, Contenders contender, String words) {
        System.err.printf(Locale.ROOT, "a path of %.0f ms: %s failed; %s%n", rtt, contender.label(), words);
        result.withArray("failures").addObject().put("rttMillis", rtt).put("label", contender.label()).put("words", words);
    }

    /** What else is printed there is shown if a program fails. */
    private static void progress(double rtt, String line) {
        if (line.startsWith(NearEnd.PROGRESS)) {
            System.err.printf(Locale.ROOT, "a path of %.0f ms: %s%n", rtt, line);
        }
    }
}
