// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.benchmarks.startup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartUpSectionTest {

    @Test
    void aCaseHasARowForTheSwitchAndOneForTheAgent() throws Exception {
        String result = """
            {"cases": [{"jdk": "17.0.9", "archive": true,
              "off": {"wallMillis": [50, 60, 55], "processorMillis": [70, 70, 70]},
              "on": {"wallMillis": [70, 85, 76], "processorMillis": [100, 102, 101]},
              "agent": {"wallMillis": [80, 95, 86], "processorMillis": [110, 112, 111]}}]}""";

        assertThat(StartUpSection.markdown(new ObjectMapper().readTree(result)))
            .contains("| 17.0.9 | yes | the switch | 3 | 55 ms | 76 ms | 21.0 ms (20 to 25) | 31.0 ms (30 to 32) |\n"
                + "| 17.0.9 | yes | the agent | 3 | 55 ms | 86 ms | 31.0 ms (30 to 35) | 41.0 ms (40 to 42) |\n");
    }

    @Test
    void aPictureIsDrawn(@TempDir Path folder) throws Exception {
        String result = """
            {"cases": [{"jdk": "17.0.9", "archive": true, "off": {"wallMillis": [50]}, "on": {"wallMillis": [70]}}]}""";

        StartUpSection.plot(new ObjectMapper().readTree(result), folder.resolve("startup.svg"));

        assertThat(folder.resolve("startup.svg")).content().contains("<svg");
    }

    @Test
    void whatBashTellsOfAProcessIsReadInMilliseconds() {
        ColdJvm.Times times = ColdJvm.Times.parse("0.051 0.040 0.012");

        assertThat(times.wall()).isCloseTo(51, within(1e-6));
        assertThat(times.processor()).isCloseTo(52, within(1e-6));
        assertThatThrownBy(() -> ColdJvm.Times.parse("Killed")).hasMessage("no times in \"Killed\"");
    }
}
