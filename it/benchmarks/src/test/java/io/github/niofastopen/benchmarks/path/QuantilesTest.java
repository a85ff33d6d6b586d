// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.benchmarks.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class QuantilesTest {
    @Test
    void theMedianOfAnOddNumberOfValuesIsTheOneInTheMiddle() {
        assertThat(Quantiles.of(List.of(30.0, 10.0, 20.0)).median()).isEqualTo(20.0);
    }

    @Test
    void betweenTwoValuesQuantilesAreInProportion() {
        Quantiles quantiles = Quantiles.of(List.of(4.0, 1.0, 3.0, 2.0));

        assertThat(quantiles).isEqualTo(new Quantiles(1.0, 1.3, 2.5, 3.7, 4.0));
    }

    @Test
    void aSingleValueIsEveryQuantile() {
        assertThat(Quantiles.of(List.of(7.1234567))).isEqualTo(new Quantiles(7.123, 7.123, 7.123, 7.123, 7.123));
    }

    @Test
    void noValuesHaveNoQuantiles() {
        assertThatThrownBy(() -> Quantiles.of(List.of())).isInstanceOf(IllegalArgumentException.class);
    }
}
