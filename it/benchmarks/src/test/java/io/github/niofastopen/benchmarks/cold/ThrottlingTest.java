// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.benchmarks.cold;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ThrottlingTest {
    private static final List<String> COMMAND = List.of("sh", "-c", "echo \"$1\"; exit 3", "sh", "what it says");

    static Stream<Throttling> kinds() {
        return Stream.of(new DutyCycle(), Throttling.here());
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void whatIsBoundRunsToItsEnd(Throttling kind) throws Exception {
        try (kind) {
            for (Throttle throttle : Throttle.values()) {
                Process process = new ProcessBuilder(kind.around(throttle, COMMAND)).redirectErrorStream(true).start();

                assertThat(new String(process.getInputStream().readAllBytes())).isEqualTo("what it says\n");
                assertThat(process.waitFor()).isEqualTo(3);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void withoutABoundTheCommandIsAsItWas(Throttling kind) throws Exception {
        try (kind) {
            assertThat(kind.around(Throttle.NONE, COMMAND)).isEqualTo(COMMAND);
        }
    }
}
