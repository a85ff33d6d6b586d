// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.benchmarks.scale;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScaleBenchmarkTest {
    @Test
    void theMoreChannelsAndRoundsTheLongerAModeMayTake() {
        assertThat(ScaleBenchmark.most(List.of(1000), true)).isEqualTo(Duration.ofSeconds(300 + 6 * 5));
        assertThat(ScaleBenchmark.most(List.of(1000), false)).isEqualTo(Duration.ofSeconds(300 + 16 * 5));
        assertThat(ScaleBenchmark.most(List.of(1000, 100_000), true)).isEqualTo(Duration.ofSeconds(300 + 6 * 5 + 2 * 500));
    }
}
