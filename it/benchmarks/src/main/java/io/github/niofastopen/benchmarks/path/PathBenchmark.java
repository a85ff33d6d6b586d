// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.benchmarks.path;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.niofastopen.benchmarks.Machine;
import io.github.niofastopen.benchmarks.program.BenchmarkException;
import io.github.niofastopen.benchmarks.program.Jvm;
import io.github.niofastopen.it.lab.Lab;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The time to the first byte of an HTTPS response over paths of several lengths. */
public final class PathBenchmark {
    private static final int GOAL_NOT_MET = 1;
    private static final int BAD_USAGE = 2;
    private static final int NO_LAB = 3;
    private static final int PROGRAM_FAILED = 4;
    private static final int NO_SERVER = 5;

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final PathOptions options;
    private final Site site;
    private final ObjectNode result = JSON.createObjectNode();

    private PathBenchmark(PathOptions options, Site site) {
        this.options = options;
        this.site = site;
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
            JsonNode result = new PathBenchmark(options, Site.in(folder)).measure(args);
            if (options.json() != null) {
                JSON.writeValue(options.json().toFile(), result);
            }
            if (options.plot() != null) {
                PathPlot.draw(result, options.plot());
            }
            System.out.println(PathSection.markdown(result));
            return Goals.of(result).stream().allMatch(Goals.Goal::met) ? 0 : GOAL_NOT_MET;
        } catch (BenchmarkException e) {
            return fail(e.status(), e.getMessage());
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

    private JsonNode measure(String... args) throws IOException, InterruptedException, BenchmarkException {
        describe(args);
        Path home = Path.of(System.getProperty("java.home"));
        List<Contenders> contenders = present(Contenders.on(Runtime.version().feature()));
        Measurement main = new Measurement(new Steps(site, home, options.warmUp()), contenders, options.uncounted(), result);
        for (double rtt : options.rttMillis()) {
            main.over(rtt, options.rounds(rtt));
        }
        for (Path other : options.jdks()) {
            if (!Files.isSameFile(other, home)) {
                measureBriefly(Jvm.in(other));
            }
        }
        return result;
    }

    private void describe(String... args) throws IOException, InterruptedException {
        result.put("benchmark", "path");
        result.put("command", "java " + PathBenchmark.class.getName() + " " + String.join(" ", args));
        result.set("machine", JSON.valueToTree(Machine.here()));
        result.put("jdk", Runtime.version().toString());
        result.put("server", Tools.NGINX.nameAndVersion());
        result.put("quick", options.quick());
        result.put("warmUp", options.warmUp());
        result.put("uncounted", options.uncounted());
        ArrayNode tools = result.putArray("tools");
        for (Tools tool : List.of(Tools.CURL, Tools.GNUTLS_CLI)) {
            if (tool.path().isPresent()) {
                tools.add(tool.nameAndVersion());
            }
        }
    }

    private List<Contenders> present(List<Contenders> contenders) {
        ArrayNode missing = result.putArray("missing");
        for (Contenders contender : contenders) {
            contender.missing().ifPresent(what -> {
                missing.add(contender.label() + ": " + what);
                System.err.println("left out: " + contender.label() + ", since " + what);
            });
        }
        return contenders.stream().filter(contender -> contender.missing().isEmpty()).toList();
    }

    private void measureBriefly(Jvm jvm) throws IOException, BenchmarkException {
        System.err.println("JDK " + jvm.version());
        ObjectNode one = result.withArray("others").addObject().put("jdk", jvm.version()).put("warmUp", options.warmUpBriefly());
        Measurement brief = new Measurement(new Steps(site, jvm.home(), options.warmUpBriefly()), Contenders.briefly(jvm.feature()),
            options.uncounted(), one);
        for (double rtt : options.rttMillisBriefly()) {
            brief.over(rtt, options.roundsBriefly());
        }
    }
}
