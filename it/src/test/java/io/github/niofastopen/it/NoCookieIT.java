// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it;

import static io.github.niofastopen.it.program.Scenario.BLOCKING_HEAP;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.niofastopen.it.lab.Flow;
import io.github.niofastopen.it.lab.Lab;
import io.github.niofastopen.it.lab.LabRun;
import io.github.niofastopen.it.program.Scenario;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The SYN of a connection to a server for which no cookie is needed, in namespaces that have never had one. */
@LabTest
class NoCookieIT {
    /** net.ipv4.tcp_fastopen: TFO_CLIENT_ENABLE, TFO_SERVER_ENABLE, TFO_SERVER_COOKIE_NOT_REQD. */
    private static final int NEEDS_NONE = 0x203;
    private static final int WANTS_ONE = 3;

    @Test
    void theFirstConnectionToAServerThatNeedsNoneCarriesItsClientHello() throws IOException {
        // when
        LabRun run = run(NEEDS_NONE, BLOCKING_HEAP);

        // then
        assertThat(run.flows()).hasSize(2).allSatisfy(flow -> {
            assertThat(flow.cookie()).isEqualTo("none");
            assertThat(flow.synCarriesClientHello()).isTrue();
            assertThat(flow.synDataWasAcknowledged()).isTrue();
            assertThat(flow.syns()).isEqualTo(1);
        });
    }

    @Test
    void aServerThatWantsOneAllTheSameLosesNothingAndIsAskedFromThenOn() throws IOException {
        // when
        LabRun run = run(WANTS_ONE, BLOCKING_HEAP, BLOCKING_HEAP);

        // then
        assertThat(run.flows()).extracting(Flow::cookie).containsExactly("none", "asked", "sent");
        assertThat(run.flows()).extracting(Flow::synDataWasAcknowledged).containsExactly(false, false, true);
        assertThat(run.flows()).extracting(Flow::syns).containsOnly(1);
    }

    /** One connection comes before those of the scenarios. */
    private static LabRun run(int serversSysctl, Scenario... scenarios) throws IOException {
        LabRun run = Path50.run(Lab.path(Path50.RTT_MILLIS).option("--far-tfo", serversSysctl).far(Path50.echoServer())
            .near(Path50.client(Path50.FAR, scenarios).property("niofastopen.noCookie", Path50.FAR)));
        assertThat(run.out()).as(run.toString()).isNotEmpty();
        return run;
    }
}
