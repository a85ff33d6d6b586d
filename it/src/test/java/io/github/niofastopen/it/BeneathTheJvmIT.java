// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.niofastopen.it.lab.JavaProgram;
import io.github.niofastopen.it.lab.Lab;
import io.github.niofastopen.it.lab.LabRun;
import io.github.niofastopen.it.program.TwoFlights;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Libraries under the JVM that make of connect(2) something else than the kernel does: connections are the JDK's own there. */
@LabTest
class BeneathTheJvmIT {
    @Test
    void whereOneHoldsEachSynBackALostOneIsTheKernelsToRecover() throws Exception {
        // when
        LabRun jdks = run(Lab.fastOpenLibrary(), JavaProgram.of(TwoFlights.class), "blocking", "drop-syn-data", 1);
        LabRun ours = run(Lab.fastOpenLibrary(), ours().withSwitch(), "blocking", "drop-syn-data", 1);

        // then
        assertAlike(jdks, ours, 1);
    }

    @Test
    void whereOnePutsAnotherSocketInPlaceEachIsConnectedOnce() throws Exception {
        // when
        LabRun jdks = run(Lab.proxiedLibrary(), JavaProgram.of(TwoFlights.class), "socket", "", 2);
        LabRun ours = run(Lab.proxiedLibrary(), ours().withAgent(), "socket", "", 2);

        // then
        assertAlike(jdks, ours, 2);
    }

    private static JavaProgram ours() {
        return JavaProgram.of(TwoFlights.class).option("-Xcheck:jni").property("niofastopen.window", Path50.LONG_WINDOW_MILLIS);
    }

    private static LabRun run(Path library, JavaProgram client, String style, String fault, int connections) throws IOException {
        return Path50.run(Lab.path(Path50.RTT_MILLIS).changingFaults().far(Path50.echoServer())
            .near(client.startedBy("env", "LD_PRELOAD=" + library)
                .arguments(style, fault, 300, connections, Path50.TLS_PORT, Path50.FAR)));
    }

    private static void assertAlike(LabRun jdks, LabRun ours, int connections) {
        assertThat(jdks.out()).as(jdks.toString()).hasSize(connections).noneMatch(line -> line.startsWith("failed"));
        assertThat(ours.out()).as(ours.toString()).hasSize(connections).noneMatch(line -> line.startsWith("failed"));
        assertThat(ours.flows()).as(ours.toString()).hasSameSizeAs(jdks.flows());
        assertThat(ours.err()).as(ours.toString()).filteredOn(line -> line.contains("a preloaded library has a connect(2) of its own")).hasSize(1);
    }
}
