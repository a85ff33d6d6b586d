// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.niofastopen.it.fuzz.ClientHelloFuzz;
import io.github.niofastopen.it.fuzz.ConfigurationFuzz;
import io.github.niofastopen.it.fuzz.HelloPartsFuzz;
import io.github.niofastopen.it.lab.InstalledJdk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What reads bytes and text from outside, under Jazzer. */
@Tag("nightly")
class FuzzIT {
    private static final int SECONDS = Integer.getInteger("fuzz.seconds", 5);
    /** One JDK suffices. */
    private static final int NEWEST_KNOWN = 21;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(classes = {ClientHelloFuzz.class, HelloPartsFuzz.class, ConfigurationFuzz.class})
    void nothingUnexpectedIsFound(Class<?> target) throws IOException {
        Optional<InstalledJdk> known = InstalledJdk.all().stream().filter(jdk -> jdk.version() <= NEWEST_KNOWN).findFirst();
        assumeTrue(known.isPresent(), "this Jazzer knows class files up to those of JDK " + NEWEST_KNOWN);
        Process process = new ProcessBuilder(List.of(
            known.orElseThrow().command("java"),
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
