// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.benchmarks.scale;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScaleSectionTest {
    private static final String SIZE = """
        {"channels": %d, "connectNanos": [%2$d], "connectProcessorNanos": [%2$d], "exchangeProcessorNanos": [%2$d], "heapConnected": [%2$d],
         "heapEstablished": [%2$d], "residentKilobytes": [20], "timerNanos": [%2$d], "synsWithDataAccepted": [9], "lockWaits": 7}""";

    @TempDir
    Path folder;

    @Test
    void aSizeIsARowWithTheCostOfEachChannelAndItsGrowthAMultiple() throws Exception {
        assertThat(ScaleSection.markdown(result()))
            .contains("| 10 | the JDK's channels | 500,000 | 500,000 | 2.0 µs | 2000 B | 2000 B | 2.0 kB | 2.00 µs | 9 | 7 |\n")
            .contains("| the JDK's channels | 10 | 100 | 1.50 | 1.50 | 1.50 |\n")
            .contains("| 1000 | 40 ns | 50 ns |\n");
    }

    @Test
    void thePlotHasALineForEachKindOfChannel() throws Exception {
        Path svg = folder.resolve("scale.svg");

        ScaleSection.plot(result(), svg);

        assertThat(svg).content().contains("<svg");
        assertThat(ScaleSection.chart(result()).getSeriesMap()).containsOnlyKeys("the JDK's channels");
        assertThat(ScaleSection.chart(result()).getSeriesMap().get("the JDK's channels").getYData()).containsExactly(4, 6);
    }

    private static JsonNode result() throws Exception {
        return new ObjectMapper().readTree("{\"modes\": [{\"mode\": \"OFF\", \"sizes\": [" + SIZE.formatted(10, 20_000) + ", "
            + SIZE.formatted(100, 300_000) + "]}], \"timer\": [{\"tasks\": 1000, \"insertNanos\": [40], \"cancelNanos\": [50]}]}");
    }
}
