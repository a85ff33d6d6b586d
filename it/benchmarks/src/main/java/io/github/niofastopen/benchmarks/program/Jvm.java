// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.benchmarks.program;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/** A JDK that programs are measured on. */
public record Jvm(Path home, String version) {
    private static final String SWITCH =
        "-Djava.nio.channels.spi.SelectorProvider=io.github.niofastopen.FastOpenSelectorProvider";
    /** From here on the JVM warns of native code (JEP 472). */
    private static final int WARNS_OF_NATIVE_ACCESS = 24;
    private static final Duration MOST = Duration.ofSeconds(300);

    /** The JDK in a folder. */
    public static Jvm in(Path home) throws IOException {
        Properties release = new Properties();
        try (var in = Files.newInputStream(home.resolve("release"))) {
            release.load(in);
        }
        return new Jvm(home, release.getProperty("JAVA_VERSION", "unknown").replace("\"", ""));
    }

    public int feature() {
        return Integer.parseInt(version.split("[.+-]")[0]);
    }

    /** A command line of this JVM. */
    public List<String> java(String... words) {
        List<String> command = new ArrayList<>(List.of(home.resolve("bin").resolve("java").toString()));
        command.addAll(List.of(words));
        return command;
    }

    /** What a user adds to a command line to switch the provider on. */
    public List<String> switchedOn() {
        return feature() < WARNS_OF_NATIVE_ACCESS ? List.of(SWITCH) : List.of(SWITCH, "--enable-native-access=ALL-UNNAMED");
    }

    /** What a user adds to a command line to have the agent. */
    public List<String> withAgent() throws BenchmarkException {
        String agent = "-javaagent:" + providerJar();
        return feature() < WARNS_OF_NATIVE_ACCESS ? List.of(agent) : List.of(agent, "--enable-native-access=ALL-UNNAMED");
    }

    /** Where a class comes from. */
    public static Path placeOf(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The provider's jar, as a user has it. */
    public static Path providerJar() throws BenchmarkException {
        Path place = placeOf(io.github.niofastopen.FastOpenSelectorProvider.class);
        if (Files.isDirectory(place)) {
            throw new BenchmarkException(BenchmarkException.NOT_HERE, "the provider is on the class path as the folder " + place
                + ", not as the jar that users have; build it with mvn -DskipTests package, and name provider/target/nio-fastopen-VERSION.jar");
        }
        return place;
    }

    /** Runs a command to its end, and returns the last line that it printed: JOL prints warnings before the result. */
    public static String lastLine(List<String> command) throws IOException, InterruptedException, BenchmarkException {
        return lastLine(command, MOST);
    }

    /** As above, for a command that may take so long. */
    public static String lastLine(List<String> command, Duration most) throws IOException, InterruptedException, BenchmarkException {
        String[] lines = output(command, most).strip().split("\n");
        return lines[lines.length - 1];
    }

    /**
     * Runs a command to its end.
     *
     * @return what it printed to standard output
     */
    public static String output(List<String> command) throws IOException, InterruptedException, BenchmarkException {
        return output(command, MOST);
    }

    private static String output(List<String> command, Duration most) throws IOException, InterruptedException, BenchmarkException {
        Path out = Files.createTempFile("nio-fastopen-benchmark-", ".out");
        try {
            Process process = new ProcessBuilder(command).redirectOutput(out.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
            try {
                if (!process.waitFor(most.toSeconds(), TimeUnit.SECONDS)) {
                    throw new BenchmarkException(BenchmarkException.FAILED, "after " + most.toSeconds() + " s there was no end of "
                        + command.get(command.size() - 1));
                }
            } finally {
                process.destroy();
            }
            if (process.exitValue() != 0) {
                throw new BenchmarkException(BenchmarkException.FAILED, "status " + process.exitValue() + " of "
                    + command.get(command.size() - 1) + "; its last words are above");
            }
            return Files.readString(out);
        } finally {
            Files.deleteIfExists(out);
        }
    }

    /** A command line without the class path, which says nothing and is long, and without the places of this and of the JDK that runs it. */
    public static String readable(List<String> command) {
        return String.join(" ", command).replace(System.getProperty("java.class.path"), "$CLASSPATH")
            .replace(System.getProperty("java.home") + "/", "$JAVA_HOME/").replace(System.getProperty("user.dir") + "/", "");
    }
}
