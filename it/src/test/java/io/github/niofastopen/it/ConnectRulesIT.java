// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.niofastopen.it.lab.Flow;
import io.github.niofastopen.it.lab.JavaProgram;
import io.github.niofastopen.it.lab.Lab;
import io.github.niofastopen.it.lab.LabRun;
import io.github.niofastopen.it.program.TwoFlights;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Kernels that have been given rules for connect(2): where it may lead, or where it leads instead. */
@LabTest
@Tag("full")
class ConnectRulesIT {
    private static final int CONNECTIONS = 3;
    private static final int UNAVAILABLE = 77;
    private static final int ANOTHER_PORT = Path50.TLS_PORT + 1;
    private static final String SERVICE = "198.51.100.7";
    private static final String NOWHERE = "-";

    @Test
    void landlockLetsWhatItAllowsBeDeferredAndRecovered() throws IOException {
        // when
        LabRun run = run(ours(), Path50.FAR, "rst-syn-data", "landlock", Path50.TLS_PORT);

        // then
        assertAnsweredAfterTrying(run);
    }

    @Test
    void whatLandlockRefusesIsRefusedByConnect() throws IOException {
        // when
        LabRun jdks = run(JavaProgram.of(TwoFlights.class), Path50.FAR, "", "landlock", ANOTHER_PORT);
        LabRun ours = run(ours(), Path50.FAR, "", "landlock", ANOTHER_PORT);

        // then
        assertRefusedBy("java.net.BindException: Permission denied", jdks, ours);
    }

    @Test
    void anAddressThatLeadsElsewhereGainsAndIsRecovered() throws IOException {
        // when
        LabRun run = run(ours(), SERVICE, "drop-syn-data", "redirect", SERVICE, Path50.FAR);

        // then
        assertAnsweredAfterTrying(run);
        assertThat(run.flows()).as(run.toString()).allMatch(flow -> flow.farAddress().equals(Path50.FAR));
    }

    @Test
    void whatABpfProgramRefusesIsRefusedByConnect() throws IOException {
        // when
        LabRun jdks = run(JavaProgram.of(TwoFlights.class), Path50.FAR, "", "redirect", Path50.FAR, NOWHERE);
        LabRun ours = run(ours(), Path50.FAR, "", "redirect", Path50.FAR, NOWHERE);

        // then
        assertRefusedBy("java.net.SocketException: Operation not permitted", jdks, ours);
    }

    private static JavaProgram ours() {
        return JavaProgram.of(TwoFlights.class).withSwitch().option("-Xcheck:jni")
            .property("niofastopen.window", Path50.LONG_WINDOW_MILLIS);
    }

    private static LabRun run(JavaProgram client, String remote, String fault, String program, Object... words) throws IOException {
        String[] launcher = new String[1 + words.length];
        launcher[0] = Path.of(System.getProperty("sandbox.program")).resolveSibling(program).toString();
        for (int i = 0; i < words.length; i++) {
            launcher[1 + i] = words[i].toString();
        }
        LabRun run = Lab.path(Path50.RTT_MILLIS).changingFaults().far(Path50.echoServer())
            .near(client.startedBy(launcher).arguments("blocking", fault, 300, CONNECTIONS, Path50.TLS_PORT, remote)).run();
        assumeTrue(run.status() != UNAVAILABLE, () -> String.join(" ", run.err()));
        return run;
    }

    private static void assertAnsweredAfterTrying(LabRun run) {
        assertThat(run.out()).as(run.toString()).hasSize(CONNECTIONS).noneMatch(line -> line.startsWith("failed"));
        assertThat(run.flows()).as(run.toString()).anyMatch(Flow::synCarriesClientHello);
    }

    private static void assertRefusedBy(String exception, LabRun... runs) {
        for (LabRun run : runs) {
            assertThat(run.err()).as(run.toString()).anyMatch(line -> line.endsWith("failed: " + exception));
            assertThat(run.flows()).as(run.toString()).isEmpty();
        }
    }
}
