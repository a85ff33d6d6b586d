// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.niofastopen.it.lab.JavaProgram;
import io.github.niofastopen.it.lab.Lab;
import io.github.niofastopen.it.lab.LabRun;
import io.github.niofastopen.it.program.BoundPort;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** A port that the application has chosen: what takes the place of a SYN comes from the same four-tuple. */
@LabTest
class BoundPortIT {
    private static final int LOCAL_PORT = 45000;
    /** A round trip that the first hedge of a JVM doesn't wait for. */
    private static final double LONG_RTT_MILLIS = 400;

    @Test
    void connectsOverALongPath() throws Exception {
        assertConnects("BoundPortIT.connectsOverALongPath", LONG_RTT_MILLIS);
    }

    @Test
    void connectsWhereASynAckIsLost() throws Exception {
        assertConnects("BoundPortIT.connectsWhereASynAckIsLost", Path50.RTT_MILLIS, "drop-first-synack");
    }

    private static void assertConnects(String promise, double rttMillis, String... faults) throws Exception {
        // when
        LabRun jdks = run(rttMillis, client(), faults);
        LabRun ours = run(rttMillis, client().withSwitch().option("-Xcheck:jni"), faults);

        // then
        assertThat(jdks.out()).as(jdks.toString()).containsExactly("answered");
        NotYet.check(NotYet.PROMISES, promise, () -> assertThat(ours.out()).as(ours.toString()).containsExactly("answered"));
        assertThat(ours.flows()).as(ours.toString()).allMatch(flow -> flow.nearPort() == LOCAL_PORT);
    }

    private static JavaProgram client() {
        return JavaProgram.of(BoundPort.class).arguments(Path50.FAR, Path50.TLS_PORT, LOCAL_PORT);
    }

    private static LabRun run(double rttMillis, JavaProgram client, String... faults) throws IOException {
        return Path50.run(Lab.path(rttMillis).changingFaults(faults).far(Path50.echoServer()).near(client));
    }
}
