// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** What a result was measured on. */
public record Machine(String processor, int processors, String kernel, String jdk, String commit) {
    /** This machine, this JVM, and the commit of the working folder; the last is "unknown" outside a clone. */
    public static Machine here() throws IOException, InterruptedException {
        return new Machine(processorName(), Runtime.getRuntime().availableProcessors(), System.getProperty("os.version"),
            System.getProperty("java.vm.version"), commitHere());
    }

    private static String processorName() throws IOException {
        return Files.readAllLines(Path.of("/proc/cpuinfo")).stream().filter(line -> line.startsWith("model name"))
            .map(line -> line.substring(line.indexOf(':') + 1).strip()).findFirst().orElse(System.getProperty("os.arch"));
    }

    private static String commitHere() throws IOException, InterruptedException {
        Process git = new ProcessBuilder("git", "describe", "--always", "--dirty", "--exclude=*")
            .redirectError(ProcessBuilder.Redirect.DISCARD).start();
        String commit = new String(git.getInputStream().readAllBytes()).strip();
        git.waitFor(10, TimeUnit.SECONDS);
        return commit.isEmpty() ? "unknown" : commit;
    }
}
