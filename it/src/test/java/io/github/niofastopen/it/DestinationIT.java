// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it;

import static io.github.niofastopen.it.program.Scenario.DEAD_ADDRESS_FIRST;
import static io.github.niofastopen.it.program.Scenario.DIED_SINCE;
import static io.github.niofastopen.it.program.Scenario.OWN_ADDRESSES;
import static io.github.niofastopen.it.program.Scenario.REFUSED_ADAPTOR;
import static io.github.niofastopen.it.program.Scenario.REFUSED_BLOCKING;
import static io.github.niofastopen.it.program.Scenario.REFUSED_BY_CONNECT;
import static io.github.niofastopen.it.program.Scenario.REFUSED_SELECTOR;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.niofastopen.it.lab.Flow;
import io.github.niofastopen.it.lab.Lab;
import io.github.niofastopen.it.lab.LabRun;
import io.github.niofastopen.it.program.Scenario;
import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/** What becomes of connections to destinations that can't be, or need not be, deferred. */
@LabTest
class DestinationIT {
    private static final int EVERYTHING_ON = 0x607;

    @ParameterizedTest
    @ScenarioSource({REFUSED_BLOCKING, REFUSED_ADAPTOR, REFUSED_SELECTOR})
    void aRefusedDeferredConnectionIsReportedAsConnectWouldHave(Scenario scenario) throws IOException {
        // when: the scenario expects a ConnectException
        LabRun run = Path50.run(scenario);

        // then: the connection was deferred
        Flow flow = run.flows().get(1);
        assertThat(flow.synCarriesClientHello()).as(run.toString()).isTrue();
        assertThat(flow.farBytes()).isZero();
    }

    @Test
    void afterADeferredConnectionWithoutAnAnswerTheNextIsReportedByConnectItself() throws IOException {
        // when: the second scenario expects the ConnectException of connect
        LabRun run = Path50.run(REFUSED_BLOCKING, REFUSED_BY_CONNECT);

        // then: deferred, the ordinary connection in its place, and the second scenario's
        assertThat(run.flows()).as(run.toString()).extracting(Flow::cookie)
            .containsExactly("asked", "sent", "none", "none");
    }

    @Test
    @Tag("full")
    void aClientWithAListOfAddressesReachesTheSecondWhenTheFirstIsDead() throws IOException {
        // when
        LabRun run = Path50.run(DEAD_ADDRESS_FIRST, DEAD_ADDRESS_FIRST);

        // then
        assertThat(run.out()).containsExactly(
            "Connect timed out 192.0.2.200", "reached 192.0.2.2", "dead-address-first done",
            "Connect timed out 192.0.2.200", "reached 192.0.2.2", "dead-address-first done");
    }

    @Test
    @Tag("full")
    void aPeerThatDiedSinceItsCookieWasFetchedCostsItsPriceOnce() throws IOException {
        // when: only the connection that fetches the cookie is answered
        LabRun run = Path50.run(Lab.path(Path50.RTT_MILLIS).option("--fault", "dead-after=1").far(Path50.echoServer())
            .near(Path50.client(Path50.FAR, DIED_SINCE)));

        // then: the first was deferred, until its time was over
        assertThat(run.out()).containsExactly("connected", "Connect timed out", "Connect timed out", "Connect timed out",
            "died-since done");
        assertThat(run.flows()).as(run.toString()).extracting(Flow::cookie)
            .containsExactly("asked", "sent", "none", "none", "none");
    }

    @Test
    void connectionsToTheMachineItselfAreNotDeferred() throws IOException {
        // when: the scenario reads the kernel's counters
        LabRun run = Path50.run(Lab.path(Path50.RTT_MILLIS).nearSysctl(1 | 2).far(Path50.echoServer())
            .near(Path50.client(Path50.FAR, OWN_ADDRESSES).property("niofastopen.server.queue", 16)));

        // then
        assertThat(run.out()).containsExactly("own-addresses done");
    }

    @Test
    void theyAreWhereLoopbackIsSwitchedOn() throws IOException {
        // when
        LabRun run = Lab.path(Path50.RTT_MILLIS).nearSysctl(EVERYTHING_ON).far(Path50.echoServer())
            .near(Path50.client(Path50.FAR, OWN_ADDRESSES).property("niofastopen.server.queue", 16)
                .property("niofastopen.loopback", true))
            .run();

        // then: the same scenario finds the kernel's counter changed
        assertThat(run.err()).as(run.toString()).anyMatch(line -> line.contains("the kernel counted a Fast Open connection"));
    }
}
