// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.benchmarks.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.niofastopen.benchmarks.path.PathOptions.UsageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PathOptionsTest {
    @Test
    void withoutWordsFourPathsAreMeasured() throws UsageException {
        assertThat(PathOptions.parse().rttMillis()).containsExactly(1.0, 10.0, 50.0, 200.0);
    }

    @Test
    void roundTripsAreAList() throws UsageException {
        assertThat(PathOptions.parse("--quick", "--rtt", "2.5,100").rttMillis()).containsExactly(2.5, 100.0);
    }

    @Test
    void onOtherJdksOnlyPathsInBetweenAreMeasured() throws UsageException {
        assertThat(PathOptions.parse().rttMillisBriefly()).containsExactly(10.0, 50.0);
    }

    @Test
    void aFolderThatIsNoJdkIsNamed() {
        assertThatThrownBy(() -> PathOptions.parse("--jdk", "/nowhere")).isInstanceOf(UsageException.class)
            .hasMessageContaining("--jdk /nowhere");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "1001", "ten", "10,,20", "NaN"})
    void aRoundTripThatCantBeUsedIsRefused(String word) {
        assertThatThrownBy(() -> PathOptions.parse("--rtt", word)).isInstanceOf(UsageException.class)
            .hasMessageContaining("--rtt").hasMessageContaining("from 1 to 1000");
    }

    @Test
    void anUnknownWordIsNamed() {
        assertThatThrownBy(() -> PathOptions.parse("--rrt")).isInstanceOf(UsageException.class).hasMessageContaining("'--rrt'");
    }

    @Test
    void anOptionWithoutItsValueIsNamed() {
        assertThatThrownBy(() -> PathOptions.parse("--json")).isInstanceOf(UsageException.class).hasMessageContaining("--json");
    }

    @Test
    void aFileInAFolderThatDoesNotExistIsNamed() {
        assertThatThrownBy(() -> PathOptions.parse("--json", "/nowhere/path.json")).isInstanceOf(UsageException.class)
            .hasMessageContaining("/nowhere/path.json");
    }
}
