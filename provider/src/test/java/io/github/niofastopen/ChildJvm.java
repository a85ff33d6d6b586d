// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.spi.ToolProvider;

/** Runs {@link ChildMain}, or another class, in a JVM of its own, of the version that runs the tests, with the switch set. */
public final class ChildJvm {
    /** Logged in the background: a JVM that soon ends may not get to it. */
    private static final String STARTED = "INFO: nio-fastopen ";

    private static final String SWITCH =
        "-Djava.nio.channels.spi.SelectorProvider=" + FastOpenSelectorProvider.class.getName();

    /** @param errors the lines of standard error, without those of the JVM itself and of a start as it should be */
    public record Result(int exitCode, List<String> output, List<String> errors, List<String> errorsOfTheJvm) {
    }

    private ChildJvm() {
    }

    static Result run(Path folder, String... options) throws IOException, InterruptedException {
        return runMain(ChildMain.class, folder, options);
    }

    static Result runMain(Class<?> main, Path folder, String... options) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of(SWITCH));
        all.addAll(List.of(options));
        return runWithoutSwitch(main, folder, all);
    }

    public static Result runWithoutSwitch(Class<?> main, Path folder, List<String> options, String... arguments)
            throws IOException, InterruptedException {
        Path output = folder.resolve("stdout");
        Path errors = folder.resolve("stderr");
        Process process = new ProcessBuilder(command(main, options, arguments))
            .redirectOutput(output.toFile()).redirectError(errors.toFile()).start();
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                throw new AssertionError("the child JVM hangs: " + Files.readString(output) + Files.readString(errors));
            }
        } finally {
            process.destroyForcibly();
        }
        List<String> ours = new ArrayList<>();
        List<String> ofTheJvm = new ArrayList<>();
        for (String line : Files.readAllLines(errors)) {
            if (!line.startsWith(STARTED)) {
                (isOfTheJvm(line) ? ofTheJvm : ours).add(line);
            }
        }
        return new Result(process.exitValue(), Files.readAllLines(output), ours, ofTheJvm);
    }

    private static List<String> command(Class<?> main, List<String> options, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp", classPath(),
            "-Xshare:auto", "-XX:TieredStopAtLevel=1",
            "-Djava.util.logging.SimpleFormatter.format=%4$s: %5$s%n"));
        command.addAll(options);
        command.add(main.getName());
        command.addAll(List.of(arguments));
        return command;
    }

    static String classPath() throws IOException {
        return folderOf(FastOpenSelectorProvider.class) + ":" + folderOf(ChildMain.class);
    }

    /** A class path on which the provider is a jar, as it is for its users. */
    static String classPathWithJar(Path jar) throws IOException {
        join(jar, FastOpenSelectorProvider.class);
        return jar + ":" + folderOf(ChildMain.class);
    }

    /** A class path without folders, of which an archive of classes could have nothing. */
    static String classPathWithJar(Path jar, Path jarOfPrograms) throws IOException {
        join(jar, FastOpenSelectorProvider.class);
        join(jarOfPrograms, ChildMain.class);
        return jar + ":" + jarOfPrograms;
    }

    private static void join(Path jar, Class<?> one) throws IOException {
        ToolProvider.findFirst("jar").orElseThrow().run(System.out, System.err,
            "--create", "--file", jar.toString(), "-C", folderOf(one).toString(), ".");
    }

    private static Path folderOf(Class<?> type) throws IOException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath());
    }

    /** JEP 472 (System.load without --enable-native-access) and JEP 498 (sun.misc.Unsafe), each four lines. */
    private static boolean isOfTheJvm(String line) {
        return line.startsWith("WARNING: A restricted method in java.lang.System has been called")
            || line.startsWith("WARNING: java.lang.System::load has been called by ")
            || line.startsWith("WARNING: Use --enable-native-access=")
            || line.startsWith("WARNING: Restricted methods will be blocked")
            || line.startsWith("WARNING: A terminally deprecated method in sun.misc.Unsafe has been called")
            || line.startsWith("WARNING: sun.misc.Unsafe::")
            || line.startsWith("WARNING: Please consider reporting this to the maintainers of ")
            // JEP 411
            || line.startsWith("WARNING: A command line option has enabled the Security Manager")
            || line.startsWith("WARNING: The Security Manager is deprecated")
            || line.isBlank();
    }
}
