// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.tool;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.niofastopen.FastOpenSelectorProvider;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The command line, as far as it needs no network. */
class MainTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @ParameterizedTest
    @ValueSource(strings = {"--help", "-h", "help"})
    void helpIsPrintedWhereItIsAskedFor(String word) {
        assertThat(run(word)).isZero();

        assertThat(printed()).startsWith("usage: java -jar nio-fastopen.jar doctor [OPTION...]\n")
            .contains(FastOpenSelectorProvider.class.getName());
        assertThat(complained()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"doctor --help, doctor", "doctor --json -h, doctor", "help doctor, doctor", "probe --help, probe", "--help probe, probe"})
    void eachCommandHasItsOwn(String words, String command) {
        assertThat(run(words.split(" "))).isZero();

        assertThat(printed()).startsWith("usage: java -jar nio-fastopen.jar " + command + " ").contains("Exit status: 0 ");
    }

    @Test
    void withoutAWordHelpIsAComplaint() {
        assertThat(run()).isEqualTo(2);

        assertThat(printed()).isEmpty();
        assertThat(complained()).startsWith("usage: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--version", "-V", "version"})
    void theVersionNamesWhatItRunsOn(String word) {
        assertThat(run(word)).isZero();

        assertThat(printed()).matches("nio-fastopen .* \\(Java " + Runtime.version().feature() + ".*, Linux .*\\)\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        docter                 | nio-fastopen: unknown command 'docter'; did you mean 'doctor'?
        xyzzy                  | nio-fastopen: unknown command 'xyzzy'; known are doctor, probe, --help, --version
        --hepl                 | nio-fastopen: unknown command '--hepl'; did you mean '--help'?
        doctor --jsn           | nio-fastopen doctor: unknown option '--jsn'; did you mean '--json'?
        doctor now             | nio-fastopen doctor: unknown option 'now'; known are -v, --verbose, --json, --help
        """)
    void aWordThatCannotBeUsedIsNamed(String words, String complaint) {
        assertThat(run(words.split(" "))).isEqualTo(2);

        assertThat(complained()).startsWith(complaint + "\nTry 'java -jar nio-fastopen.jar");
        assertThat(printed()).isEmpty();
    }

    private int run(String... words) {
        return Main.run(List.of(words), new PrintStream(out, true), new PrintStream(err, true));
    }

    private String printed() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String complained() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
