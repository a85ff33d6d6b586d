// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it;

import static io.github.niofastopen.it.program.Scenario.AWAIT_GREETING;
import static io.github.niofastopen.it.program.Scenario.AWAIT_GREETING_SELECTOR;
import static io.github.niofastopen.it.program.Scenario.AWAIT_GREETING_TIMEOUT;
import static io.github.niofastopen.it.program.Scenario.DIED_SINCE;
import static io.github.niofastopen.it.program.Scenario.FINISH_AFTER_READY;
import static io.github.niofastopen.it.program.Scenario.FINISH_LATE;
import static io.github.niofastopen.it.program.Scenario.JMX_OFF;
import static io.github.niofastopen.it.program.Scenario.JMX_ON;
import static io.github.niofastopen.it.program.Scenario.OUT_OF_DESCRIPTORS;
import static io.github.niofastopen.it.program.Scenario.OUT_OF_PORTS;
import static io.github.niofastopen.it.program.Scenario.RESET_SINCE;
import static io.github.niofastopen.it.program.Scenario.SYSCTL_OFF;
import static io.github.niofastopen.it.program.Scenario.SYSCTL_ON;
import static io.github.niofastopen.it.program.Scenario.WRITE_LATE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.niofastopen.it.lab.JavaProgram;
import io.github.niofastopen.it.lab.Lab;
import io.github.niofastopen.it.lab.LabRun;
import io.github.niofastopen.it.program.OutcomeCount;
import io.github.niofastopen.it.program.Scenario;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every connect has exactly one outcome, whatever is made of it, and whatever has been switched off. */
@LabTest
@Tag("full")
class EveryConnectIT {
    /** For all scenarios in one JVM. */
    private static final int TIMEOUT_SECONDS = 240;
    /** Of net.ipv4.tcp_fastopen: clients and every server (ip-sysctl.rst). */
    private static final int ACCEPTING = 0x403;
    private static final Set<Scenario> GREETED = EnumSet.of(AWAIT_GREETING, AWAIT_GREETING_SELECTOR, AWAIT_GREETING_TIMEOUT);
    /** They wait for a SYN that leaves after connect. */
    private static final Set<Scenario> DEFERRED = EnumSet.of(FINISH_AFTER_READY, WRITE_LATE, FINISH_LATE);
    private static final Set<Scenario> ELSEWHERE = EnumSet.of(DIED_SINCE, RESET_SINCE, OUT_OF_DESCRIPTORS, OUT_OF_PORTS, SYSCTL_OFF,
        SYSCTL_ON, JMX_OFF, JMX_ON);

    @Test
    void whateverTheApplicationDoes() throws IOException {
        assertOneOutcomeEach(path(), client(ordinary()).property("niofastopen.defer", "always"));
    }

    @Test
    void whereMostIsLeftAlone() throws IOException {
        assertOneOutcomeEach(path(), client(ordinary()));
    }

    @Test
    void whereTheSysctlWasSwitchedOffMeanwhile() throws IOException {
        assertOneOutcomeEach(path(), client(after(SYSCTL_OFF)));
    }

    @Test
    void whereItWasSwitchedOffThroughJmxMeanwhile() throws IOException {
        assertOneOutcomeEach(path(), client(after(JMX_OFF)));
    }

    @Test
    void whereTheSysctlWasOffFromTheBeginning() throws IOException {
        assertOneOutcomeEach(path().nearSysctl(0), client(ordinary()));
    }

    @Test
    void whereTheServerSpeaksFirst() throws IOException {
        assertOneOutcomeEach(Lab.path(Path50.RTT_MILLIS).far(Path50.echoServer("220 lab\r\n")), client(GREETED));
    }

    @Test
    void whereTheSynLeavesLate() throws IOException {
        assertOneOutcomeEach(path(), client(DEFERRED));
    }

    @Test
    void wherePortsRunOut() throws IOException {
        assertOneOutcomeEach(path(), client(Set.of(OUT_OF_PORTS)));
    }

    @Test
    void whereThePeerHasDied() throws IOException {
        assertOneOutcomeEach(path().option("--fault", "dead-after=1"), client(Set.of(DIED_SINCE)));
    }

    @Test
    void whereThePeerHasReset() throws IOException {
        assertOneOutcomeEach(path().nearSysctl(ACCEPTING), client(Set.of(RESET_SINCE)).property("niofastopen.loopback", true));
    }

    @Test
    void whereDescriptorsRunOut() throws IOException {
        assertOneOutcomeEach(path(), client(Set.of(OUT_OF_DESCRIPTORS))
            .option("-XX:-MaxFDLimit").startedBy("sh", "-c", "ulimit -n 100; exec \"$@\"", "sh"));
    }

    @Test
    void onAPathThatLosesSynsWithData() throws IOException {
        assertOneOutcomeEach(path().option("--fault", "drop-syn-data"), client(ordinary()));
    }

    /** All that a path and a server of the usual kind are enough for. */
    private static Set<Scenario> ordinary() {
        Set<Scenario> ordinary = EnumSet.allOf(Scenario.class);
        ordinary.removeAll(GREETED);
        ordinary.removeAll(DEFERRED);
        ordinary.removeAll(ELSEWHERE);
        return ordinary;
    }

    private static List<Scenario> after(Scenario first) {
        return Stream.concat(Stream.of(first), ordinary().stream()).toList();
    }

    private static Lab path() {
        return Lab.path(Path50.RTT_MILLIS).far(Path50.echoServer()).option("--timeout", TIMEOUT_SECONDS);
    }

    private static JavaProgram client(Iterable<Scenario> scenarios) {
        JavaProgram client = JavaProgram.of(OutcomeCount.class).withSwitch().arguments(Path50.FAR, Path50.TLS_PORT);
        scenarios.forEach(client::arguments);
        return client;
    }

    private static void assertOneOutcomeEach(Lab lab, JavaProgram client) throws IOException {
        // when
        LabRun run = Path50.run(lab.near(client));

        // then
        List<String> told = run.out().stream().filter(line -> line.startsWith("outcomes of ")).toList();
        assertThat(told).as(run.toString()).isNotEmpty().allMatch(line -> line.matches(".*: (\\d+) for \\1"));
    }
}
