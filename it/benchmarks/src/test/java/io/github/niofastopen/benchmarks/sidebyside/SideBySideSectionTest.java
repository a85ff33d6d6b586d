// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.benchmarks.sidebyside;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SideBySideSectionTest {
    private final JsonNode result;

    SideBySideSectionTest() throws IOException {
        result = new ObjectMapper().readTree("""
            {"jdk": "17.0.9", "rows": [{"benchmark": "Connect", "parameters": {"first": "FULL", "outcome": "NOT_GRANTED"}, "rounds": [
              {"jdk": {"micros": 70, "processorMicros": 50, "bytes": 400}, "fastOpen": {"micros": 35, "processorMicros": 50, "bytes": 500}}]}]}""");
    }

    @Test
    void anOperationIsARow() {
        assertThat(SideBySideSection.markdown(result)).contains("| Connect: first full, outcome not granted | 70.0 | 35.0 | 2.00 ");
    }

    @Test
    void aPictureIsDrawn(@TempDir Path folder) throws IOException {
        SideBySideSection.plot(result, "Connect", folder.resolve("hellos.svg"));

        assertThat(folder.resolve("hellos.svg")).content().contains("<svg");
    }
}
