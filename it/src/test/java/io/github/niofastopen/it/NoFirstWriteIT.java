// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.niofastopen.it.lab.Flow;
import io.github.niofastopen.it.lab.JavaProgram;
import io.github.niofastopen.it.lab.Lab;
import io.github.niofastopen.it.lab.LabRun;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a deferred connection does for an application that doesn't write first: never a hang. */
@LabTest
class NoFirstWriteIT {
    private static final int WINDOW_MILLIS = 250;

    @ParameterizedTest
    @ValueSource(strings = {"await-greeting", "await-greeting-timeout"})
    void aBlockingReadSendsTheSynAtOnce(String scenario) throws IOException {
        // when
        LabRun run = greeted(scenario);

        // then
        assertBareSyn(run, run.flows().get(1));
    }

    @Test
    void aSelectorThatWaitsForTheServerGetsItsGreetingWhenTheWindowHasElapsed() throws IOException {
        // when
        LabRun run = greeted("await-greeting-selector");

        // then
        assertBareSyn(run, run.flows().get(1));
        assertThat(run.flows().get(1).synMillis()).as(run.toString())
            .isGreaterThan(run.flows().get(0).synMillis() + WINDOW_MILLIS);
    }

    @Test
    void aServerThatSpokeFirstIsNotDeferredAnyMore() throws IOException {
        // when
        LabRun run = greeted("await-greeting", "await-greeting", "await-greeting-selector");

        // then
        assertThat(run.flows()).extracting(Flow::cookie).containsExactly("asked", "sent", "none", "none");
    }

    @ParameterizedTest
    @ValueSource(strings = {"write-late", "finish-late", "finish-after-ready"})
    void whenTheWindowHasElapsedTheSynLeavesWithoutData(String scenario) throws IOException {
        // when
        LabRun run = Path50.run(Lab.path(Path50.RTT_MILLIS).far(Path50.echoServer()).near(client(scenario)));

        // then
        assertBareSyn(run, run.flows().get(1));
        assertThat(run.flows().get(1).nearBytes()).isEqualTo(300);
    }

    @Test
    void aHalfCloseIsCarriedOutWhenThePeerHasAnswered() throws IOException {
        // when
        LabRun run = Path50.run("half-close-first");

        // then
        assertBareSyn(run, run.flows().get(1));
    }

    @Test
    void aChannelClosedUnwrittenSendsNothingOnceAndIsAnOrdinaryConnectAfterwards() throws IOException {
        // when
        LabRun run = Path50.run("close-unwritten", "close-unwritten");

        // then: the first of the two is not on the wire
        assertThat(run.flows()).extracting(Flow::cookie).containsExactly("asked", "none");
    }

    private static LabRun greeted(String... scenarios) throws IOException {
        return Path50.run(Lab.path(Path50.RTT_MILLIS).far(Path50.echoServer("220 lab\r\n"))
            .near(client(scenarios)));
    }

    private static JavaProgram client(String... scenarios) {
        return Path50.client(Path50.FAR, scenarios).property("niofastopen.window", WINDOW_MILLIS);
    }

    private static void assertBareSyn(LabRun run, Flow flow) {
        assertThat(flow.cookie()).as(run.toString()).isEqualTo("sent");
        assertThat(flow.synPayload()).as(run.toString()).isZero();
        assertThat(flow.syns()).isEqualTo(1);
    }
}
