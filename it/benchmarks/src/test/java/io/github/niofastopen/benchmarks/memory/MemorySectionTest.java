// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.benchmarks.memory;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class MemorySectionTest {

    @Test
    void aStateIsARowAndTheJdksOwnThreadsAreLeftOut() throws Exception {
        String channel = """
            {"unconnected": {"bytes": %1$s, "threads": []}, "connected": {"bytes": %1$s, "threads": ["Poller"%2$s]},
             "established": {"bytes": %1$s, "threads": ["Poller"]}}""";
        String result = "{\"jdks\": [{\"jdk\": \"25.0.3\", \"off\": {\"classes\": 700, \"channel\": " + channel.formatted("400.0", "")
            + "}, \"on\": {\"classes\": 810, \"classesOfTheProvider\": 40, \"channel\": "
            + channel.formatted("1000.6", ", \"nio-fastopen-deferral\"") + "}}]}";

        assertThat(MemorySection.markdown(new ObjectMapper().readTree(result)))
            .contains("| 25.0.3 | unconnected | 400 | 1001 | 601 | none |\n")
            .contains("| 25.0.3 | connected, nothing written | 400 | 1001 | 601 | `nio-fastopen-deferral` |\n")
            .contains("| 25.0.3 | after its first exchange | 400 | 1001 | 601 | none |\n")
            .contains("| 25.0.3 | 700 | 810 | 110 | 40 |\n");
    }
}
