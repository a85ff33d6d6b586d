// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.niofastopen.it.lab.JavaProgram;
import io.github.niofastopen.it.lab.Lab;
import io.github.niofastopen.it.lab.LabRun;
import io.github.niofastopen.it.program.LateHello;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A cold JVM is given the time that its first ClientHello takes. */
@LabTest
class LateHelloIT {

    @ParameterizedTest
    @ValueSource(ints = {100, 300, 1000, 2900})
    void theFirstClientHelloOfAJvmRidesThoughItTakesLong(int millis) throws IOException {
        // when: one JVM fetches the cookie, and another follows
        LabRun run = Path50.run(Lab.path(Path50.RTT_MILLIS).far(Path50.echoServer())
            .near(JavaProgram.of(LateHello.class).withSwitch().arguments(Path50.FAR, Path50.TLS_PORT, millis)
                .startedBy("sh", "-c", "\"$@\" && exec \"$@\"", "sh")));

        // then
        assertThat(run.flows()).as(run.toString()).hasSize(2).last().satisfies(flow -> {
            assertThat(flow.cookie()).isEqualTo("sent");
            assertThat(flow.synCarriesClientHello()).isTrue();
            assertThat(flow.synDataWasAcknowledged()).isTrue();
        });
    }
}
