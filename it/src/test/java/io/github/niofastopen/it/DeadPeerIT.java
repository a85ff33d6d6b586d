// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.niofastopen.it.lab.Flow;
import io.github.niofastopen.it.lab.JavaProgram;
import io.github.niofastopen.it.lab.Lab;
import io.github.niofastopen.it.lab.LabRun;
import io.github.niofastopen.it.program.DeadPeer;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** A peer that has died since it was last heard from: what bounds a connection to it. */
@LabTest
class DeadPeerIT {
    private static final String TIMED_OUT = "java.net.SocketTimeoutException: Connect timed out";

    @Test
    void theTimeOutOfConnectEndsAConnectionThatWasDeferred() throws Exception {
        // when
        LabRun jdks = run(JavaProgram.of(DeadPeer.class), "connect-timeout");
        LabRun ours = run(ours(), "connect-timeout");

        // then: whichever call it is that tells
        assertThat(jdks.out()).as(jdks.toString()).containsExactly("connect " + TIMED_OUT);
        assertDeferred(ours);
        NotYet.check(NotYet.PROMISES, "DeadPeerIT.theTimeOutOfConnectEndsAConnectionThatWasDeferred",
            () -> assertThat(ours.out().get(ours.out().size() - 1)).as(ours.toString()).endsWith(TIMED_OUT));
    }

    @Test
    void aWriteAfterAReadThatTimedOutIsBounded() throws Exception {
        // when
        LabRun jdks = run(JavaProgram.of(DeadPeer.class), "write-after-timeout");
        LabRun ours = run(ours(), "write-after-timeout");

        // then
        assertThat(jdks.out()).as(jdks.toString()).startsWith("connect " + TIMED_OUT).doesNotContain("write still waiting");
        assertDeferred(ours);
        NotYet.check(NotYet.PROMISES, "DeadPeerIT.aWriteAfterAReadThatTimedOutIsBounded",
            () -> assertThat(ours.out()).as(ours.toString()).doesNotContain("write still waiting"));
    }

    @Test
    void itIsLearnedFromAConnectionThatIsStillOpen() throws Exception {
        // when
        LabRun jdks = run(JavaProgram.of(DeadPeer.class), "kept-open");
        LabRun ours = run(ours(), "kept-open");

        // then: no more than one connect said that there was a connection
        assertThat(jdks.out()).as(jdks.toString()).hasSize(4).containsOnly("connect " + TIMED_OUT);
        assertDeferred(ours);
        NotYet.check(NotYet.PROMISES, "DeadPeerIT.itIsLearnedFromAConnectionThatIsStillOpen",
            () -> assertThat(ours.out()).as(ours.toString()).containsOnlyOnce("connect done"));
    }

    private static JavaProgram ours() {
        return JavaProgram.of(DeadPeer.class).withSwitch().option("-Xcheck:jni")
            .property("niofastopen.window", Path50.LONG_WINDOW_MILLIS);
    }

    private static LabRun run(JavaProgram client, String scenario) throws IOException {
        return Path50.run(Lab.path(Path50.RTT_MILLIS).changingFaults().far(Path50.echoServer())
            .near(client.arguments(Path50.FAR, Path50.TLS_PORT, scenario)));
    }

    /** The first connection to the dead peer. */
    private static void assertDeferred(LabRun run) {
        assertThat(run.flows().stream().filter(flow -> !flow.isAnswered()).findFirst())
            .as(run.toString()).get().matches(Flow::synCarriesClientHello);
    }
}
