// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.lab;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Runs a server and a client at the two ends of an emulated path, and reports what passed on it. The path and the two
 * network namespaces are made by the lab program (in C; its {@code --help} tells more) and are gone when the run ends.
 */
public final class Lab {
    private static final int NOT_PERMITTED = 77;

    private final List<String> options = new ArrayList<>();
    private List<String> far = List.of();
    private List<String> near = List.of();
    private Consumer<String> watcher;
    private boolean capturing;
    /** Null unless they may change. */
    private String[] firstFaults;
    private volatile PathFaults faults;

    private Lab() {
    }

    /** A path with a round trip in ms. */
    public static Lab path(double rttMillis) {
        return new Lab().option("--rtt", rttMillis);
    }

    /** Why no lab with such faults can be made on this machine; empty where it can. */
    public static Optional<String> unavailable(String... faults) throws IOException {
        List<String> command = new ArrayList<>(List.of(program(), "--check"));
        Stream.of(faults).forEach(fault -> command.addAll(List.of("--fault", fault)));
        Process check = new ProcessBuilder(command).redirectErrorStream(true).start();
        String reason = new String(check.getInputStream().readAllBytes()).trim();
        int status = waitFor(check);
        if (status != 0 && status != NOT_PERMITTED) {
            throw new IOException("the lab fails: " + reason);
        }
        return status == 0 ? Optional.empty() : Optional.of(reason);
    }

    /** An option of the lab program. */
    public Lab option(String name, Object value) {
        options.add(name);
        options.add(value.toString());
        return this;
    }

    /** Faults that may change while the lab runs: see {@link #faults}, and {@link PathFaults#here}. */
    public Lab changingFaults(String... first) {
        firstFaults = first.clone();
        return this;
    }

    /** Those of the running lab; for {@link #watchedBy}. */
    public PathFaults faults() {
        return faults;
    }

    /** Keeps the packets, as each end sees them. */
    public Lab capturing() {
        capturing = true;
        return this;
    }

    /** {@code net.ipv4.tcp_fastopen} of the client's end. */
    public Lab nearSysctl(int value) {
        return option("--near-tfo", value);
    }

    public Lab far(JavaProgram server) {
        far = server.command();
        return this;
    }

    /** A server that isn't a Java program. */
    public Lab far(List<String> command) {
        far = List.copyOf(command);
        return this;
    }

    public Lab near(JavaProgram client) {
        return near(client.command());
    }

    public Lab near(List<String> client) {
        near = client;
        return this;
    }

    /** Is told each line of standard error as it is printed: of a client that takes long. */
    public Lab watchedBy(Consumer<String> watcher) {
        this.watcher = watcher;
        return this;
    }

    /** Clients that run one after the other, the next if the one before has ended well. */
    public Lab nearInTurn(List<JavaProgram> clients) {
        near = List.of("sh", "-c", clients.stream().map(Lab::shellCommand).collect(Collectors.joining(" && ")));
        return this;
    }

    /** Runs until the client has ended. */
    public LabRun run() throws IOException {
        try (RunFiles files = new RunFiles()) {
            ProcessBuilder builder = new ProcessBuilder(command(files)).redirectOutput(files.out().toFile());
            Process lab = (watcher == null ? builder.redirectError(files.err().toFile()) : builder).start();
            faults = new PathFaults(files.faults(), lab.pid());
            try {
                if (watcher != null) {
                    watch(lab, files.err());
                }
                return files.read(waitFor(lab));
            } finally {
                lab.destroy();
            }
        }
    }

    private List<String> command(RunFiles files) throws IOException {
        List<String> command = new ArrayList<>(List.of(program(), "--flows", files.flows().toString()));
        if (capturing) {
            command.addAll(List.of("--pcap", files.nearCapture().toString(), "--far-pcap", files.farCapture().toString()));
        }
        if (firstFaults != null) {
            PathFaults.write(files.faults(), firstFaults);
            command.addAll(List.of("--faults-from", files.faults().toString()));
        }
        command.addAll(options);
        command.add("--far");
        command.addAll(far);
        command.add("--");
        command.addAll(near);
        return command;
    }

    private void watch(Process lab, Path err) throws IOException {
        try (BufferedReader lines = lab.errorReader(); BufferedWriter copy = Files.newBufferedWriter(err)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                copy.write(line);
                copy.newLine();
                watcher.accept(line);
            }
        }
    }

    private static String shellCommand(JavaProgram program) {
        return program.command().stream().map(word -> "'" + word.replace("'", "'\\''") + "'")
            .collect(Collectors.joining(" "));
    }

    private static String program() {
        return System.getProperty("lab.program", "target/lab");
    }

    /** The client and server of plain sockets that are built with the lab. */
    public static List<String> raw(Object... words) {
        List<String> command = new ArrayList<>(List.of(builtWithIt("raw").toString()));
        Stream.of(words).map(Object::toString).forEach(command::add);
        return command;
    }

    /** Whose LD_PRELOAD makes each TCP socket one of MPTCP. */
    public static Path mptcpLibrary() {
        return builtWithIt("mptcp.so");
    }

    /** Whose LD_PRELOAD has each TCP socket that connects hold its SYN back. */
    public static Path fastOpenLibrary() {
        return builtWithIt("fastopen.so");
    }

    /** Whose LD_PRELOAD has each TCP socket that connects replaced by another, which is connected. */
    public static Path proxiedLibrary() {
        return builtWithIt("proxied.so");
    }

    private static Path builtWithIt(String name) {
        return Path.of(program()).toAbsolutePath().resolveSibling(name);
    }

    private static int waitFor(Process process) throws IOException {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the lab ran", e);
        }
    }
}
