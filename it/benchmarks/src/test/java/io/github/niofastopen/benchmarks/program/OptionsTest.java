// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.benchmarks.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionsTest {
    @TempDir
    Path folder;

    @Test
    void withoutWordsItMeasuresOnTheJdkThatRuns() throws Exception {
        Options options = Options.parse();

        assertThat(options.quick()).isFalse();
        assertThat(options.json()).isNull();
        assertThat(options.jdks()).containsExactly(Path.of(System.getProperty("java.home")));
    }

    @Test
    void eachOptionIsTaken() throws Exception {
        String home = System.getProperty("java.home");

        Options options = Options.parse("--quick", "--json", folder.resolve("a.json").toString(), "--jdk", home, "--jdk", home);

        assertThat(options.quick()).isTrue();
        assertThat(options.json()).isEqualTo(folder.resolve("a.json"));
        assertThat(options.jdks()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"--fast, unknown word '--fast'", "--json, --json needs a value", "--json /nowhere/a, --json /nowhere/a can't be written",
        "--jdk /proc, --jdk /proc is no JDK"})
    void aWordThatCannotBeUsedIsNamed(String words, String message) {
        assertThatThrownBy(() -> Options.parse(words.split(" "))).isInstanceOfSatisfying(BenchmarkException.class,
            refused -> assertThat(refused.status()).isEqualTo(BenchmarkException.BAD_USAGE)).hasMessageStartingWith(message);
    }
}
