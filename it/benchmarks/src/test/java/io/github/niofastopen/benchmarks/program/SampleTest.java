// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.benchmarks.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SampleTest {

    @Test
    void aMedianLiesInTheMiddleWhateverTheOrder() {
        assertThat(Sample.of(9, 1, 5).median()).isEqualTo(5);
        assertThat(Sample.of(4, 1, 3, 2).median()).isEqualTo(2.5);
        assertThat(Sample.of(7).quantile(0.9)).isEqualTo(7);
    }

    @Test
    void aMeanWeighsEachFigure() {
        assertThat(Sample.of(1, 2, 6).mean()).isEqualTo(3);
    }

    /** The ranks that tables of the sign test give for a two-sided 5 %: 1 of 6, 2 of 10, 14 of 40. */
    @Test
    void theIntervalOfAMedianIsThatOfTheSignTest() {
        assertThat(ranks(5)).containsExactly(1, 5);
        assertThat(ranks(6)).containsExactly(1, 6);
        assertThat(ranks(10)).containsExactly(2, 9);
        assertThat(ranks(40)).containsExactly(14, 27);
    }

    @Test
    void differencesAreThoseOfThePairs() throws Exception {
        Sample differences = Sample.ofDifferences(json("[10, 20, 30]"), json("[11, 25, 33]"));

        assertThat(differences.size()).isEqualTo(3);
        assertThat(differences.median()).isEqualTo(3);
        assertThat(differences.medianAtLeast()).isEqualTo(1);
        assertThat(differences.medianAtMost()).isEqualTo(5);
    }

    @Test
    void whatHasNoPairAndWhatHasNoFigureIsRefused() {
        assertThatThrownBy(() -> Sample.ofDifferences(json("[1]"), json("[1, 2]"))).hasMessageContaining("1 figures have no pairs in 2");
        assertThatThrownBy(() -> Sample.of(json("[]"))).hasMessage("no figures");
    }

    private static int[] ranks(int size) {
        Sample sample = Sample.of(IntStream.rangeClosed(1, size).asDoubleStream().toArray());
        return new int[] {(int) sample.medianAtLeast(), (int) sample.medianAtMost()};
    }

    private static JsonNode json(String text) throws Exception {
        return new ObjectMapper().readTree(text);
    }
}
