// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it;

import static io.github.niofastopen.it.program.Scenario.ADAPTOR_STREAMS;
import static io.github.niofastopen.it.program.Scenario.BLOCKING_HEAP;
import static io.github.niofastopen.it.program.Scenario.FINISH_BLOCKING;
import static io.github.niofastopen.it.program.Scenario.OUT_OF_DESCRIPTORS;
import static io.github.niofastopen.it.program.Scenario.OUT_OF_PORTS;
import static io.github.niofastopen.it.program.Scenario.SELECTOR_LARGE;
import static io.github.niofastopen.it.program.Scenario.SYSCTL_OFF;
import static io.github.niofastopen.it.program.Scenario.SYSCTL_ON;
import static io.github.niofastopen.it.program.Scenario.TELL_LOCAL_PORTS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.niofastopen.it.lab.Flow;
import io.github.niofastopen.it.lab.JavaProgram;
import io.github.niofastopen.it.lab.Lab;
import io.github.niofastopen.it.lab.LabRun;
import io.github.niofastopen.it.program.Scenario;
import io.github.niofastopen.it.program.Scenarios;
import java.io.IOException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Systems that don't let Fast Open be, or change under it. */
@LabTest
@Tag("full")
class SystemIT {
    private static final Scenario[] THREE = {BLOCKING_HEAP, SELECTOR_LARGE, ADAPTOR_STREAMS};

    /** EPERM, EACCES, EINVAL, ENOSYS, ENOPROTOOPT, EOPNOTSUPP: what kernels and sandboxes have for a no. */
    static IntStream refusals() {
        return IntStream.of(1, 13, 22, 38, 92, 95);
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void aSandboxThatRefusesTheOptionLeavesOrdinaryConnections(int errno) throws IOException {
        // when
        LabRun run = sandboxed("fastopen-option=" + errno);

        // then
        assertThat(run.flows()).hasSize(4).extracting(Flow::cookie).containsOnly("none");
        assertThat(run.complaints()).as(run.toString()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void aSandboxThatRefusesTheFirstFlightCostsNothingButFastOpen(int errno) throws IOException {
        // when
        LabRun run = sandboxed("sendto-data=" + errno);

        // then: what was held back is connected as ever
        assertThat(run.flows()).as(run.toString()).extracting(Flow::cookie)
            .containsExactly("asked", "none", "none", "none");
        assertThat(run.complaints()).as(run.toString()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"sendto, sendto(2)", "tcp-info, getsockopt(2) of TCP_INFO"})
    void aSandboxThatRefusesWhatEverythingDependsOnLeavesTheJdksProviderAndOneLineSaysSo(String rule, String call)
            throws IOException {
        // when
        LabRun run = sandboxed(rule);

        // then
        assertThat(run.flows()).hasSize(4).extracting(Flow::cookie).containsOnly("none");
        assertThat(run.err()).filteredOn(line -> line.startsWith("WARNING: ")).singleElement().asString()
            .contains("TCP Fast Open is off").contains(call).contains("EPERM").contains("seccomp");
    }

    @Test
    void aSandboxThatRefusesNetlinkCostsNothing() throws IOException {
        // when
        LabRun run = sandboxed("netlink");

        // then: the last is an ordinary one, as the flight before it was longer than a SYN holds
        assertThat(run.flows()).as(run.toString()).extracting(Flow::cookie)
            .containsExactly("asked", "sent", "sent", "none");
        assertThat(run.complaints()).as(run.toString()).isEmpty();
    }

    @Test
    void theSysctlMayBeSwitchedOffAndOnWhileTheJvmRuns() throws IOException {
        // when
        LabRun run = Path50.run(BLOCKING_HEAP, SYSCTL_OFF, BLOCKING_HEAP, SELECTOR_LARGE, SYSCTL_ON, BLOCKING_HEAP);

        // then
        assertThat(run.flows()).as(run.toString()).extracting(Flow::cookie)
            .containsExactly("asked", "sent", "none", "none", "sent");
    }

    @Test
    void aPendingConnectThatIsFinishedInBlockingModeIsRecovered() throws IOException {
        Timely.check(() -> {
            // when: the SYN that asks for a cookie is lost
            return Path50.run(Lab.path(Path50.RTT_MILLIS).option("--fault", "drop-syn-option")
                .far(Path50.echoServer()).near(Path50.client(Path50.FAR, FINISH_BLOCKING)));
        }, run -> {
            // then: it was replaced before the kernel would have sent it again
            assertThat(run.flows()).as(run.toString()).extracting(Flow::cookie)
                .containsExactly("asked", "none", "asked", "none");
            assertThat(run.flows()).allMatch(flow -> flow.syns() == 1);
        });
    }

    @Test
    void afterAReconnectTheChannelTellsItsNewLocalPort() throws IOException {
        // when
        LabRun run = Path50.run(Lab.path(Path50.RTT_MILLIS).option("--fault", "rst-syn-data")
            .far(Path50.echoServer()).near(Path50.client(Path50.FAR, TELL_LOCAL_PORTS)));

        // then: the third flow is the ordinary connection in place of the second
        int port = run.flows().get(2).nearPort();
        assertThat(port).isNotEqualTo(run.flows().get(1).nearPort());
        assertThat(run.out().get(0)).isEqualTo(port + " " + port + " " + port);
    }

    @Test
    void runningOutOfPortsIsReportedAsByTheJdk() throws IOException {
        // when
        LabRun ours = Path50.run(OUT_OF_PORTS);
        LabRun jdks = Path50.run(withoutSwitch(OUT_OF_PORTS));

        // then: all but the one that fetched the cookie were deferred
        assertThat(ours.flows()).as(ours.toString()).extracting(Flow::cookie).containsOnlyOnce("asked").contains("sent");
        assertThat(ours.out()).isEqualTo(jdks.out()).anyMatch(line -> line.contains("Cannot assign requested address"));
        assertThat(ours.complaints()).isEmpty();
    }

    @Test
    void runningOutOfDescriptorsIsReportedAsByTheJdk() throws IOException {
        // when
        LabRun ours = Path50.run(outOfDescriptors(Path50.client(Path50.FAR, OUT_OF_DESCRIPTORS)));
        LabRun jdks = Path50.run(outOfDescriptors(jdkClient(OUT_OF_DESCRIPTORS)));

        // then: those that had been opened before were deferred
        assertThat(ours.flows()).as(ours.toString()).extracting(Flow::cookie).endsWith("sent", "sent", "sent", "sent");
        assertThat(ours.out()).isEqualTo(jdks.out()).anyMatch(line -> line.contains("Too many open files"));
        assertThat(ours.complaints()).isEmpty();
    }

    private static Lab outOfDescriptors(JavaProgram client) {
        return Lab.path(Path50.RTT_MILLIS).far(Path50.echoServer())
            .near(client.option("-XX:-MaxFDLimit").startedBy("sh", "-c", "ulimit -n 100; exec \"$@\"", "sh"));
    }

    private static Lab withoutSwitch(Scenario scenario) {
        return Lab.path(Path50.RTT_MILLIS).far(Path50.echoServer()).near(jdkClient(scenario));
    }

    private static JavaProgram jdkClient(Scenario scenario) {
        return JavaProgram.of(Scenarios.class).arguments(Path50.FAR, Path50.TLS_PORT, scenario);
    }

    private static LabRun sandboxed(String rule) throws IOException {
        return Path50.run(Lab.path(Path50.RTT_MILLIS).far(Path50.echoServer())
            .near(Path50.client(Path50.FAR, THREE).startedBy(System.getProperty("sandbox.program"), rule)));
    }
}
