// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.demo;

import io.github.niofastopen.it.lab.Certificate;
import io.github.niofastopen.it.lab.JavaProgram;
import io.github.niofastopen.it.lab.Lab;
import io.github.niofastopen.it.lab.LabRun;
import io.github.niofastopen.it.program.HttpsFixture;
import io.github.niofastopen.it.program.RepeatedGet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Shows what the switch does to an unmodified program: the project's main job, {@code ./demo}. */
public final class Demo {
    private static final int NO_CLIENT_HELLO = 1;
    private static final int BAD_USAGE = 2;
    private static final int NO_LAB = 3;
    private static final int PROGRAM_FAILED = 4;

    private static final int PORT = 8443;
    private static final String URL = "https://192.0.2.2:" + PORT + "/";
    private static final int CONNECTIONS = 11;
    private static final int SERVER_QUEUE = 128;
    private static final int SERVER_WARM_UP = 200;

    private final Options options;
    private final Certificate certificate;
    private final Path capture;

    private Demo(Options options, Path folder) throws IOException {
        this.options = options;
        this.certificate = Certificate.createIn(folder);
        this.capture = options.capture() == null ? folder.resolve("capture.pcap") : options.capture();
    }

    public static void main(String[] args) throws IOException {
        System.exit(run(args));
    }

    private static int run(String... args) throws IOException {
        if (List.of(args).contains("--help") && !List.of(args).contains("--client")) {
            System.out.println(Options.HELP);
            return 0;
        }
        Options options;
        try {
            options = Options.parse(args);
        } catch (Options.UsageException e) {
            System.err.println("demo: " + e.getMessage() + "\nTry ./demo --help.");
            return BAD_USAGE;
        }
        Optional<String> unavailable = Lab.unavailable();
        if (unavailable.isPresent()) {
            System.err.println("demo: no lab can be made on this machine: " + unavailable.get()
                + "\nRun it as root, or where user namespaces are allowed and /dev/net/tun can be opened.");
            return NO_LAB;
        }
        Path folder = Files.createTempDirectory("nio-fastopen-demo-");
        try {
            return new Demo(options, folder).show();
        } catch (ProgramFailedException e) {
            System.err.println("demo: " + e.getMessage());
            return PROGRAM_FAILED;
        } finally {
            for (String name : List.of("lab.p12", "capture.pcap", "")) {
                Files.deleteIfExists(folder.resolve(name));
            }
        }
    }

    private int show() throws IOException, ProgramFailedException {
        System.out.printf(Locale.ROOT, "JDK %s, a path of %.0f ms, %s%n", Runtime.version(), options.rttMillis(),
            options.client() == null ? "java.net.http.HttpClient, " + CONNECTIONS + " connections, the first left out"
                : options.client().mainClass() + ", the first connection left out");
        Measured jdk = measure("the JDK's", false);
        Measured ours = measure("nio-fastopen", true);
        System.out.println();
        System.out.println(Measured.header());
        System.out.println(jdk.row(options.rttMillis()));
        System.out.println(ours.row(options.rttMillis()));
        System.out.println(options.client() == null
            ? "(first byte: from before the request to the response's first byte, by the program's clock; median)"
            : "(first byte: from the SYN to the first answer after the client's second flight, by the lab's clock; median)");

        Optional<CapturedSyn> syn = CapturedSyn.firstWithDataIn(capture);
        if (syn.isPresent()) {
            System.out.println("\nOne of these SYNs, as captured:");
            syn.get().describe().forEach(line -> System.out.println("  " + line));
        }
        System.out.println();
        if (ours.synsWithClientHello() == 0) {
            System.out.println("No SYN carried a ClientHello: nothing was gained.");
            ours.complaints().forEach(line -> System.out.println("  " + line));
            return NO_CLIENT_HELLO;
        }
        double saved = jdk.medianMillis() - ours.medianMillis();
        System.out.printf(Locale.ROOT,
            "%d of %d connections carried their ClientHello in the SYN, and the first byte came %.1f ms (%.2f round trips) sooner.%n",
            ours.synsWithClientHello(), ours.flows().size(), saved, saved / options.rttMillis());
        return 0;
    }

    private Measured measure(String provider, boolean withSwitch) throws IOException, ProgramFailedException {
        System.out.println("running with " + (withSwitch ? "nio-fastopen" : "the JDK's provider") + " ...");
        JavaProgram server = JavaProgram.of(HttpsFixture.class).withSwitch()
            .property("niofastopen.server.queue", SERVER_QUEUE).property("sun.net.httpserver.nodelay", true)
            .arguments(certificate.keyStore(), certificate.password(), SERVER_WARM_UP, PORT);
        JavaProgram client = client().trusting(certificate);
        if (withSwitch) {
            client.withSwitch();
        }
        LabRun run = Lab.path(options.rttMillis()).option("--wait-port", PORT).option("--pcap", capture).far(server).near(client).run();
        if (run.status() != 0) {
            throw new ProgramFailedException("the client ended with status " + run.status() + ":\n"
                + String.join("\n", run.err()));
        }
        Measured measured = options.client() == null
            ? Measured.byProgram(provider, run)
            : Measured.byLab(provider, run);
        if (measured.firstByteMillis().isEmpty()) {
            throw new ProgramFailedException("the client made " + run.flows().size()
                + " connections and got no answer on the second or later ones; at least two are needed");
        }
        return measured;
    }

    private JavaProgram client() {
        if (options.client() == null) {
            return JavaProgram.of(RepeatedGet.class).arguments(URL, CONNECTIONS);
        }
        List<String> arguments = new ArrayList<>(options.client().arguments());
        if (!arguments.contains("URL")) {
            arguments.add("URL");
        }
        arguments.replaceAll(word -> word.equals("URL") ? URL : word);
        return JavaProgram.named(options.client().mainClass())
            .classPath(System.getProperty("provider.jar") + ":" + options.client().classPath())
            .arguments(arguments.toArray());
    }

    private static final class ProgramFailedException extends Exception {
        private static final long serialVersionUID = 1L;

        ProgramFailedException(String message) {
            super(message);
        }
    }
}
