// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.demo;

import io.github.niofastopen.it.lab.Lab;
import io.github.niofastopen.it.lab.LabRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Runs comparisons, and prints what comes of them as it comes. */
final class Show {
    private static final int LAST_LINES = 30;
    /** The lab's status where it has ended the client. */
    private static final int TOOK_TOO_LONG = 124;

    private final Options options;
    private final Path capture;
    private final Table table;
    /** Those that had to gain, and haven't. */
    private final List<String> disappointments = new ArrayList<>();
    private final List<String> complaints = new ArrayList<>();
    private Optional<CapturedSyn> syn = Optional.empty();

    /** @param capture where each run leaves its packets */
    Show(Options options, Path capture) {
        this.options = options;
        this.capture = capture;
        this.table = new Table(options.rttMillis());
    }

    /** Whether something gained, and all that had to. */
    boolean of(List<Comparison> comparisons) throws IOException, ProgramFailedException {
        System.out.printf(Locale.ROOT, "A path of %.0f ms%s, the first one left out.%n%n%s%n", options.rttMillis(),
            isOwn() ? "; " + OwnClients.CONNECTIONS + " connections" : "; the program's connections", Table.header());
        for (Comparison comparison : comparisons) {
            show(comparison);
        }
        System.out.println(isOwn()
            ? "(first byte: from before the request to the response's first byte, by the program's clock; median)"
            : "(first byte: from the SYN to the first answer after the client's second flight, by the lab's clock; median)");
        syn.ifPresent(Show::describe);
        tellWhatDidNotGain();
        return syn.isPresent() && disappointments.isEmpty();
    }

    private boolean isOwn() {
        return options.client() == null;
    }

    private void show(Comparison comparison) throws IOException, ProgramFailedException {
        System.out.println(comparison.title());
        Measured before = measure(comparison, Way.WITHOUT);
        System.out.println(table.before(before));
        for (Way way : comparison.ways()) {
            Measured after = measure(comparison, way);
            System.out.println(table.after(way, after, before));
            judge(comparison, way, after);
        }
    }

    private Measured measure(Comparison comparison, Way way) throws IOException, ProgramFailedException {
        int seconds = options.seconds() == 0 ? Options.MAX_SECONDS : options.seconds();
        LabRun run = Lab.path(options.rttMillis()).option("--wait-port", FarEnd.PORT).option("--pcap", capture).option("--timeout", seconds)
            .far(comparison.server()).near(comparison.client(way)).run();
        checkThatItEndedWell(run);
        Measured measured = isOwn() ? Measured.byProgram(run) : Measured.byLab(run);
        if (measured.firstByteMillis().isEmpty()) {
            throw new ProgramFailedException("the client made " + run.flows().size()
                + " connections and got no answer on the second or later ones; at least two are needed"
                + (options.seconds() == 0 ? "" : ", in " + options.seconds() + " seconds (--for)"));
        }
        return measured;
    }

    private void checkThatItEndedWell(LabRun run) throws ProgramFailedException {
        if (run.status() == TOOK_TOO_LONG && options.seconds() == 0) {
            throw new ProgramFailedException("the client hadn't ended after " + Options.MAX_SECONDS
                + " seconds; with --for SECONDS, before --client, a program that runs on is ended and measured");
        }
        if (run.status() != 0 && run.status() != TOOK_TOO_LONG) {
            throw new ProgramFailedException("the client ended with status " + run.status() + "; the last that it printed:\n"
                + lastOf(run.out()) + "\n" + lastOf(run.err()));
        }
    }

    private static String lastOf(List<String> lines) {
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
    }

    private void judge(Comparison comparison, Way way, Measured after) throws IOException {
        if (comparison.mustGain() && !after.mostGained()) {
            disappointments.add(comparison.title() + " " + way);
        }
        complaints.addAll(after.complaints());
        if (syn.isEmpty()) {
            keepCapture();
            syn = after.someGained() ? CapturedSyn.firstWithDataIn(capture) : syn;
        }
    }

    private void keepCapture() throws IOException {
        if (options.capture() != null) {
            Files.copy(capture, options.capture(), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void describe(CapturedSyn syn) {
        System.out.println("\nOne of these SYNs, as captured:");
        syn.describe().forEach(line -> System.out.println("  " + line));
    }

    private void tellWhatDidNotGain() {
        if (syn.isEmpty()) {
            System.out.println("\nNo SYN carried a ClientHello: nothing was gained.");
        } else if (!disappointments.isEmpty()) {
            System.out.println("\nThese should have gained, and haven't:");
            disappointments.forEach(line -> System.out.println("  " + line));
        }
        if (syn.isEmpty() || !disappointments.isEmpty()) {
            complaints.forEach(line -> System.out.println("  " + line));
        }
    }
}
