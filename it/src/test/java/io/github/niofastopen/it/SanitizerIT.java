// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it;

import static io.github.niofastopen.it.program.Scenario.ADAPTOR_STREAMS;
import static io.github.niofastopen.it.program.Scenario.BLOCKING_DIRECT;
import static io.github.niofastopen.it.program.Scenario.BLOCKING_HEAP;
import static io.github.niofastopen.it.program.Scenario.BLOCKING_LARGE;
import static io.github.niofastopen.it.program.Scenario.CLOSE_UNWRITTEN;
import static io.github.niofastopen.it.program.Scenario.FILE_FIRST;
import static io.github.niofastopen.it.program.Scenario.GATHERING;
import static io.github.niofastopen.it.program.Scenario.HALF_CLOSE_FIRST;
import static io.github.niofastopen.it.program.Scenario.PLAIN_TEXT_SELECTOR;
import static io.github.niofastopen.it.program.Scenario.SELECTOR_LARGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.niofastopen.it.lab.Flow;
import io.github.niofastopen.it.lab.JavaProgram;
import io.github.niofastopen.it.lab.Lab;
import io.github.niofastopen.it.lab.LabRun;
import io.github.niofastopen.it.program.Scenario;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The native code under AddressSanitizer and UndefinedBehaviorSanitizer, in a JVM at work. */
@LabTest
@Tag("full")
class SanitizerIT {
    private static final Scenario[] SCENARIOS = {BLOCKING_HEAP, BLOCKING_DIRECT, BLOCKING_LARGE, SELECTOR_LARGE,
        ADAPTOR_STREAMS, GATHERING, PLAIN_TEXT_SELECTOR, FILE_FIRST, HALF_CLOSE_FIRST, CLOSE_UNWRITTEN};
    private static final Path SANITIZED = Path.of(System.getProperty("sanitized.library"));
    /** The JVM has handlers of its own for these signals, and frees nothing at its end. */
    private static final String OPTIONS =
        "ASAN_OPTIONS=handle_segv=0:handle_sigbus=0:handle_sigfpe=0:handle_sigill=0:detect_leaks=0:abort_on_error=1";

    /** The provider's jar with the sanitized library in it: the provider takes its library from nowhere else. */
    @TempDir
    static Path folder;
    private static Path jar;

    @BeforeAll
    static void isBuilt() throws IOException {
        assumeTrue(Files.isDirectory(SANITIZED), "the library was not built with sanitizers: native/trials.sh says why");
        jar = Files.copy(Path.of(Activation.PROVIDER_JAR), folder.resolve("sanitized.jar"));
        try (FileSystem entries = FileSystems.newFileSystem(jar); Stream<Path> files = Files.walk(SANITIZED)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                Files.copy(file, entries.getPath(SANITIZED.relativize(file).toString()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    @Test
    void nothingIsFoundInConnectionsOfManyKinds() throws IOException {
        // when: on a path as it should be, and on one where connections are recovered
        LabRun run = Path50.run(Lab.path(Path50.RTT_MILLIS).far(Path50.echoServer()).near(preloaded(client(SCENARIOS))));
        LabRun recovered = Path50.run(Lab.path(Path50.RTT_MILLIS).option("--fault", "rst-syn-data")
            .far(Path50.echoServer()).near(preloaded(client(BLOCKING_HEAP, SELECTOR_LARGE))));

        // then
        assertThat(run.flows()).extracting(Flow::cookie).contains("asked", "sent", "none");
        assertThat(recovered.flows()).extracting(Flow::cookie).contains("asked", "sent", "none");
        assertThat(run.toString() + recovered).doesNotContain("Sanitizer").doesNotContain("runtime error");
    }

    @Test
    void itIsTheSanitizedLibraryThatIsLoaded() throws IOException {
        // when: there is nothing that has the sanitizer's symbols
        LabRun run = Path50.run(Lab.path(Path50.RTT_MILLIS).far(Path50.echoServer()).near(client(BLOCKING_HEAP)));

        // then
        assertThat(run.err()).filteredOn(line -> line.contains("TCP Fast Open is off")).singleElement().asString()
            .contains("__asan_");
    }

    private static JavaProgram client(Scenario... scenarios) {
        return Path50.client(Path50.FAR, scenarios).classPath(jar + ":" + System.getProperty("java.class.path"));
    }

    private static JavaProgram preloaded(JavaProgram program) throws IOException {
        return program.startedBy("env", "LD_PRELOAD=" + runtime("libasan.so") + ":" + runtime("libubsan.so"), OPTIONS);
    }

    /** Where the compiler has its library. */
    private static Path runtime(String name) throws IOException {
        String compiler = System.getenv().getOrDefault("CC", "cc");
        Process process = new ProcessBuilder(compiler, "-print-file-name=" + name).start();
        return Path.of(new String(process.getInputStream().readAllBytes()).trim()).toRealPath();
    }
}
