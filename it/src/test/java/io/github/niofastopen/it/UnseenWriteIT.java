// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it;

import static io.github.niofastopen.it.program.Scenario.FILE_AFTER_HELLO;
import static io.github.niofastopen.it.program.Scenario.FILE_AFTER_HELLO_SELECTOR;
import static io.github.niofastopen.it.program.Scenario.FILE_FIRST;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.niofastopen.it.lab.Flow;
import io.github.niofastopen.it.lab.Lab;
import io.github.niofastopen.it.lab.LabRun;
import io.github.niofastopen.it.program.Scenario;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the kernel sends from a file, on a connection that has to be replaced before the peer has answered. */
@LabTest
@Tag("full")
class UnseenWriteIT {

    static Stream<Arguments> scenariosAndFaults() {
        return Stream.of(
            Arguments.of(FILE_FIRST, "drop-syn-cookie", 5000),
            Arguments.of(FILE_AFTER_HELLO, "drop-syn-data", 5300),
            Arguments.of(FILE_AFTER_HELLO_SELECTOR, "drop-syn-data", 5300),
            Arguments.of(FILE_AFTER_HELLO, "rst-syn-data", 5300),
            Arguments.of(FILE_AFTER_HELLO_SELECTOR, "rst-syn-data", 5300));
    }

    @ParameterizedTest
    @MethodSource("scenariosAndFaults")
    void itArrivesWholeAndInItsPlace(Scenario scenario, String fault, long bytes) throws IOException {
        // when: the scenario compares what comes back
        LabRun run = Path50.run(Lab.path(Path50.RTT_MILLIS).option("--fault", fault).far(Path50.echoServer())
            .near(Path50.client(Path50.FAR, scenario)));

        // then: the third flow is the ordinary connection in place of the second
        assertThat(run.flows()).as(run.toString()).extracting(Flow::cookie).containsExactly("asked", "sent", "none");
        assertThat(run.flows().get(2).nearBytes()).isEqualTo(bytes);
        assertThat(run.complaints()).isEmpty();
    }
}
