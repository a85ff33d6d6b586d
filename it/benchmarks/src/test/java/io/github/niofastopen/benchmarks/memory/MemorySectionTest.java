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
        String off = channel.formatted("400.0", "");
        String on = channel.formatted("1000.6", ", \"nio-fastopen-deferral\"");
        String result = "{\"jdks\": [{\"jdk\": \"25.0.3\", \"off\": {\"classes\": 700, \"channel\": " + off + ", \"socket\": " + off
            + "}, \"on\": {\"classes\": 810, \"classesOfTheProvider\": 40, \"channel\": " + on + ", \"socket\": " + on + "}}]}";

        assertThat(MemorySection.markdown(new ObjectMapper().readTree(result)))
            .contains("| 25.0.3 | channel, unconnected | 400 | 1001 | 601 | none |\n")
            .contains("| 25.0.3 | channel, connected, nothing written | 400 | 1001 | 601 | `nio-fastopen-deferral` |\n")
            .contains("| 25.0.3 | socket, after its first exchange | 400 | 1001 | 601 | none |\n")
            .contains("| 25.0.3 | 700 | 810 | 110 | 40 |\n");
    }
}
