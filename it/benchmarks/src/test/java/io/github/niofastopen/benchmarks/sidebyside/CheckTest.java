// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.benchmarks.sidebyside;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

/** What is called worse, and what may be chance. */
class CheckTest {

    @Test
    void roundsOfBothSidesThatOverlapMayBeChance() {
        // given
        ObjectNode result = result(new double[][] {{5.0, 5.3}, {5.2, 5.1}, {5.4, 5.6}});

        // when
        Check check = Check.ofProviders(result);

        // then
        assertThat(check.isWorse()).isFalse();
        assertThat(check.toString()).contains("PingPong: length 1", "5.20 (5.00 to 5.40)", "5.30 (5.10 to 5.60)")
            .doesNotContain("worse");
    }

    @Test
    void whereTheyDoNotItIsWorse() {
        // given
        ObjectNode result = result(new double[][] {{5.0, 5.6}, {5.2, 5.5}, {5.4, 6.6}});

        // when
        Check check = Check.ofProviders(result);

        // then
        assertThat(check.isWorse()).isTrue();
        assertThat(check.toString()).contains("worse");
    }

    @Test
    void anEarlierResultIsComparedInPartsOfTheJdks() {
        // given: a machine of half the speed, on which the price is the same
        ObjectNode before = result(new double[][] {{5.0, 5.5}, {5.0, 6.0}});
        ObjectNode slower = result(new double[][] {{10.0, 11.5}, {10.0, 11.0}});
        ObjectNode dearer = result(new double[][] {{5.0, 6.5}, {5.0, 7.0}});

        // then
        assertThat(Check.since(before, slower).isWorse()).isFalse();
        assertThat(Check.since(before, dearer).isWorse()).isTrue();
        assertThat(Check.since(before, dearer).toString()).contains("1.15 (1.10 to 1.20)", "1.35 (1.30 to 1.40)");
    }

    /** @param rounds the JDK's microseconds and ours */
    private static ObjectNode result(double[][] rounds) {
        ObjectNode result = new ObjectMapper().createObjectNode();
        ObjectNode row = result.putArray("rows").addObject().put("benchmark", "PingPong");
        row.putObject("parameters").put("length", "1");
        ArrayNode each = row.putArray("rounds");
        for (double[] round : rounds) {
            ObjectNode both = each.addObject();
            both.putObject("jdk").put("micros", round[0]);
            both.putObject("fastOpen").put("micros", round[1]);
        }
        return result;
    }
}
