// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.benchmarks.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class JvmTest {
    @Test
    void aCommandThatTakesTooLongIsGivenUp() {
        assertThatThrownBy(() -> Jvm.lastLine(List.of("sleep", "600"), Duration.ofSeconds(1)))
            .isInstanceOf(BenchmarkException.class).hasMessage("after 1 s there was no end of 600");
    }

    @Test
    void aCommandIsToldWithoutThePlacesOfThisMachine() throws Exception {
        List<String> command = Jvm.in(Path.of(System.getProperty("java.home"))).java("-cp", System.getProperty("java.class.path"), "Main");

        assertThat(Jvm.readable(command)).isEqualTo("$JAVA_HOME/bin/java -cp $CLASSPATH Main");
    }
}
