// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.niofastopen.it.fuzz.ClientHelloFuzz;
import io.github.niofastopen.it.fuzz.ConfigurationFuzz;
import io.github.niofastopen.it.fuzz.HelloPartsFuzz;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What reads bytes and text from outside, under Jazzer: for some seconds here, longer with {@code -P soak}. */
class FuzzIT {
    private static final int SECONDS = Integer.getInteger("fuzz.seconds");

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(classes = {ClientHelloFuzz.class, HelloPartsFuzz.class, ConfigurationFuzz.class})
    void nothingUnexpectedIsFound(Class<?> target) throws IOException {
        assumeTrue(Runtime.version().feature() < 22, "one JDK suffices, and this Jazzer knows class files up to JDK 21's");
        Process process = new ProcessBuilder(List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp", System.getProperty("java.class.path"), "com.code_intelligence.jazzer.Jazzer",
            "--target_class=" + target.getName(), "--instrumentation_includes=io.github.niofastopen.**",
            "--reproducer_path=" + folder, "-artifact_prefix=" + folder + "/", "-max_total_time=" + SECONDS))
            .directory(folder.toFile()).redirectErrorStream(true).start();
        String printed = new String(process.getInputStream().readAllBytes());

        assertThat(printed).doesNotContain("Java Exception").containsPattern("Done [0-9]+ runs in");
        assertThat(runs(printed)).as(printed).isGreaterThan(1000);
    }

    private static long runs(String printed) {
        return Long.parseLong(printed.replaceFirst("(?s).*Done ([0-9]+) runs in.*", "$1"));
    }
}
