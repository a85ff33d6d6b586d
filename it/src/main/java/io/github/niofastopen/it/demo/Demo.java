// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.demo;

import io.github.niofastopen.it.lab.Certificate;
import io.github.niofastopen.it.lab.InstalledJdk;
import io.github.niofastopen.it.lab.Lab;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Shows what the project does to unmodified programs: its main job, {@code ./demo}. */
public final class Demo {
    private static final int NOT_GAINED = 1;
    private static final int BAD_USAGE = 2;
    private static final int NO_LAB = 3;
    private static final int PROGRAM_FAILED = 4;

    private Demo() {
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
        return show(options);
    }

    private static int show(Options options) throws IOException {
        Path folder = Files.createTempDirectory("nio-fastopen-demo-");
        Path capture = folder.resolve("capture.pcap");
        try {
            FarEnd farEnd = new FarEnd(Certificate.createIn(folder));
            return new Show(options, capture).of(comparisons(options, farEnd)) ? 0 : NOT_GAINED;
        } catch (ProgramFailedException e) {
            System.err.println("demo: " + e.getMessage());
            return PROGRAM_FAILED;
        } finally {
            for (Path file : List.of(folder.resolve("lab.p12"), capture, folder)) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static List<Comparison> comparisons(Options options, FarEnd farEnd) {
        InstalledJdk here = InstalledJdk.running();
        Optional<InstalledJdk> chosen = Optional.ofNullable(options.jdk());
        return options.client() == null
            ? new OwnClients(farEnd, here).comparisons(chosen.or(Demo::newestThatSendsPostQuantumShares))
            : List.of(options.client().comparison(farEnd, chosen.orElse(here), here));
    }

    private static Optional<InstalledJdk> newestThatSendsPostQuantumShares() {
        List<InstalledJdk> jdks = new ArrayList<>(InstalledJdk.all());
        jdks.add(InstalledJdk.running());
        return jdks.stream().filter(OwnClients::sendPostQuantumShares).reduce((older, newer) -> newer);
    }
}
