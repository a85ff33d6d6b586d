// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.benchmarks.cold;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ColdSectionTest {

    @Test
    void aCaseIsARowWithWhatItsPairsWin() throws Exception {
        String result = """
            {"throttling": "by a control group (cpu.max)", "starts": 3, "rttMillis": 50, "cases": [
              {"jdk": "17.0.9", "client": "HttpClient, by the switch", "archive": "none", "processor": "a half",
              "off": {"firstByteMillis": [900, 1000, 1100], "programMillis": [950, 1050, 1150], "helloInSyn": [false, false, false]},
              "on": {"firstByteMillis": [880, 1010, 1030], "programMillis": [960, 1060, 1140], "helloInSyn": [true, false, true]}}]}""";

        assertThat(ColdSection.markdown(new ObjectMapper().readTree(result)))
            .contains("| 17.0.9 | HttpClient, by the switch | none | a half | 2 of 3 | 1000 (900 to 1100) | 1010 (880 to 1030) | 20 |"
                + " 1050 (950 to 1150) | 1060 (960 to 1140) | -10 |\n")
            .contains("A part of a processor is given by a control group (cpu.max).");
    }

    @Test
    void thePictureNeedsNoArchives(@TempDir Path folder) throws Exception {
        String result = """
            {"cases": [{"jdk": "17.0.9", "client": "HttpClient, by the switch", "archive": "none", "processor": "all",
              "off": {"firstByteMillis": [900]}, "on": {"firstByteMillis": [880]}}]}""";

        ColdSection.plot(new ObjectMapper().readTree(result), folder.resolve("cold.svg"));

        assertThat(folder.resolve("cold.svg")).content().contains("<svg");
    }
}
