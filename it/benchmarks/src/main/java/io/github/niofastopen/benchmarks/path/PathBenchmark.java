// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.benchmarks.path;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.niofastopen.benchmarks.Machine;
import io.github.niofastopen.benchmarks.path.near.Exchange;
import io.github.niofastopen.benchmarks.path.near.NearEnd;
import io.github.niofastopen.benchmarks.path.near.Plan;
import io.github.niofastopen.benchmarks.path.wire.Capture;
import io.github.niofastopen.it.lab.Certificate;
import io.github.niofastopen.it.lab.JavaProgram;
import io.github.niofastopen.it.lab.Lab;
import io.github.niofastopen.it.lab.LabRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The time to the first byte of an HTTPS response over paths of several lengths. */
public final class PathBenchmark {
    private static final int GOAL_NOT_MET = 1;
    private static final int BAD_USAGE = 2;
    private static final int NO_LAB = 3;
    private static final int PROGRAM_FAILED = 4;
    private static final int NO_SERVER = 5;
    private static final int MOST_SECONDS = 600;
    /** The client's end accepts Fast Open, too, for the warm-up on its loopback interface. */
    private static final int CLIENT_AND_SERVER = 3;

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final PathOptions options;
    private final Path folder;
    private final Certificate certificate;
    private final Nginx server;
    private final ObjectNode result = JSON.createObjectNode();
    private final ArrayNode rows;

    private PathBenchmark(PathOptions options, Path folder) throws IOException, GeneralSecurityException {
        this.options = options;
        this.folder = folder;
        this.certificate = Certificate.createIn(folder);
        this.server = Nginx.in(folder, certificate);
        this.rows = JSON.createArrayNode();
    }

    public static void main(String[] args) throws Exception {
        System.exit(run(args));
    }

    private static int run(String... args) throws Exception {
        if (List.of(args).contains("--help")) {
            System.out.println(PathOptions.HELP);
            return 0;
        }
        PathOptions options;
        try {
            options = PathOptions.parse(args);
        } catch (PathOptions.UsageException e) {
            return fail(BAD_USAGE, e.getMessage() + "; --help tells more");
        }
        Optional<String> unavailable;
        try {
            unavailable = Lab.unavailable();
        } catch (IOException e) {
            return fail(NO_LAB, "the lab can't be run: " + e.getMessage()
                + "\nBuild it (mvn -q -pl it -am -DskipTests package) and name it: -Dlab.program=it/target/lab");
        }
        if (unavailable.isPresent()) {
            return fail(NO_LAB, "no lab can be made on this machine: " + unavailable.get()
                + "\nRun it as root, or where user namespaces are allowed and /dev/net/tun can be opened.");
        }
        if (Tools.NGINX.path().isEmpty()) {
            return fail(NO_SERVER, Tools.NGINX.missing() + "; it is the server of all contenders");
        }
        Path folder = Files.createTempDirectory("nio-fastopen-path-");
        try {
            JsonNode result = new PathBenchmark(options, folder).measure(args);
            if (options.json() != null) {
                JSON.writeValue(options.json().toFile(), result);
            }
            if (options.plot() != null) {
                PathSection.plot(result, options.plot());
            }
            System.out.println(PathSection.markdown(result));
            return Goals.of(result).stream().allMatch(Goals.Goal::met) ? 0 : GOAL_NOT_MET;
        } catch (IOException e) {
            return fail(PROGRAM_FAILED, e.getMessage());
        } finally {
            delete(folder);
        }
    }

    private static int fail(int status, String message) {
        System.err.println("path benchmark: " + message);
        return status;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private JsonNode measure(String... args) throws IOException, InterruptedException {
        result.put("benchmark", "path");
        result.put("command", "java " + PathBenchmark.class.getName() + " " + String.join(" ", args));
        result.set("machine", JSON.valueToTree(Machine.here()));
        result.put("jdk", Runtime.version().toString());
        result.put("server", Tools.NGINX.nameAndVersion());
        result.put("quick", options.quick());
        result.put("warmUp", options.warmUp());
        result.put("uncounted", options.uncounted());
        ArrayNode tools = result.putArray("tools");
        ArrayNode missing = result.putArray("missing");
        List<Contenders> contenders = new ArrayList<>();
        for (Contenders contender : Contenders.values()) {
            if (contender.tool() == null || contender.tool().path().isPresent()) {
                contenders.add(contender);
            } else {
                missing.add(contender.label() + ": " + contender.tool().missing());
                System.err.println("left out: " + contender.label() + ", since " + contender.tool().missing());
            }
        }
        for (Tools tool : List.of(Tools.CURL, Tools.GNUTLS_CLI)) {
            if (tool.path().isPresent()) {
                tools.add(tool.nameAndVersion());
            }
        }
        result.set("rows", rows);
        for (double rtt : options.rttMillis()) {
            measure(rtt, contenders);
        }
        return result;
    }

    private void measure(double rtt, List<Contenders> contenders) throws IOException {
        List<Plan.Step> steps = contenders.stream()
            .map(contender -> contender.step(certificate, server.certificate(), options.warmUp())).toList();
        Plan plan = new Plan(server.on(Contenders.WARM_UP_PORT), Contenders.WARM_UP_PORT, options.rounds(rtt), steps);
        Path planFile = folder.resolve("plan.json");
        JSON.writeValue(planFile.toFile(), plan);
        Path capture = folder.resolve("capture.pcap");
        System.err.printf(Locale.ROOT, "a path of %.0f ms: warming up%n", rtt);
        LabRun run = Lab.path(rtt).nearSysctl(CLIENT_AND_SERVER).option("--wait-port", Contenders.PORT)
            .option("--pcap", capture).option("--timeout", MOST_SECONDS).far(server.on(Contenders.PORT))
            .near(JavaProgram.of(NearEnd.class).arguments(planFile)).watchedBy(line -> progress(rtt, line)).run();
        if (run.status() != 0) {
            throw new IOException("the clients ended with status " + run.status() + ":\n" + String.join("\n", run.err()));
        }
        List<Exchange> exchanges = new ArrayList<>();
        for (String line : run.out()) {
            exchanges.add(JSON.readValue(line, Exchange.class));
        }
        List<Sample> samples = Sample.of(exchanges, run, Capture.read(capture, Contenders.PORT));
        for (Contenders contender : contenders) {
            for (String handshake : List.of(NearEnd.FULL, NearEnd.RESUMED)) {
                List<Sample> own = samples.stream().filter(sample -> sample.exchange().contender().equals(contender.name())
                    && sample.exchange().handshake().equals(handshake)).skip(options.uncounted()).toList();
                if (!own.isEmpty()) {
                    add(rtt, contender, handshake, own);
                }
            }
        }
    }

    private void add(double rtt, Contenders contender, String handshake, List<Sample> own) throws IOException {
        if (own.stream().noneMatch(Sample::isRegular)) {
            throw new IOException(String.format(Locale.ROOT, "%s at %.0f ms: none of %d exchanges was one connection with a %s"
                + " handshake of TLS 1.3; the first: %s", contender.label(), rtt, own.size(), handshake, own.get(0)));
        }
        rows.add(JSON.valueToTree(Row.of(rtt, contender, handshake, own)));
    }

    /** What else is printed there is shown if a program fails. */
    private static void progress(double rtt, String line) {
        if (line.startsWith(NearEnd.PROGRESS)) {
            System.err.printf(Locale.ROOT, "a path of %.0f ms: %s%n", rtt, line);
        }
    }
}
