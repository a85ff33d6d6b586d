// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.niofastopen.it.lab.JavaProgram;
import io.github.niofastopen.it.lab.Lab;
import io.github.niofastopen.it.lab.LabRun;
import io.github.niofastopen.it.program.TwoFlights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Sockets that were made MPTCP's under the JVM, at both ends. */
@LabTest
class MptcpIT {
    private static final int CONNECTIONS = 3;
    private static final String PRELOAD = "LD_PRELOAD=" + Lab.mptcpLibrary();

    @Test
    void connectionsAreAnsweredAsThoseOfTheJdksProvider() throws Exception {
        assumeTrue(Files.exists(Path.of("/proc/sys/net/mptcp/enabled")), "this kernel has no MPTCP");

        // when
        LabRun jdks = run(JavaProgram.of(TwoFlights.class));
        LabRun ours = run(JavaProgram.of(TwoFlights.class).withSwitch().option("-Xcheck:jni")
            .property("niofastopen.window", Path50.LONG_WINDOW_MILLIS));

        // then
        assertThat(jdks.out()).as(jdks.toString()).hasSize(CONNECTIONS).noneMatch(line -> line.startsWith("failed"));
        NotYet.check(NotYet.PROMISES, "MptcpIT.connectionsAreAnsweredAsThoseOfTheJdksProvider",
            () -> assertThat(ours.out()).as(ours.toString()).hasSize(CONNECTIONS).noneMatch(line -> line.startsWith("failed")));
    }

    private static LabRun run(JavaProgram client) throws IOException {
        List<String> server = new ArrayList<>(List.of("env", PRELOAD));
        server.addAll(Lab.raw("serve", Path50.TLS_PORT));
        return Path50.run(Lab.path(Path50.RTT_MILLIS).changingFaults().far(server).near(client.startedBy("env", PRELOAD)
            .arguments("blocking", "", 300, CONNECTIONS, Path50.TLS_PORT, Path50.FAR)));
    }
}
