// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it;

import static io.github.niofastopen.it.program.Scenario.AWAIT_GREETING;
import static io.github.niofastopen.it.program.Scenario.AWAIT_GREETING_SELECTOR;
import static io.github.niofastopen.it.program.Scenario.AWAIT_GREETING_TIMEOUT;
import static io.github.niofastopen.it.program.Scenario.CLOSE_UNWRITTEN;
import static io.github.niofastopen.it.program.Scenario.FINISH_AFTER_READY;
import static io.github.niofastopen.it.program.Scenario.FINISH_LATE;
import static io.github.niofastopen.it.program.Scenario.HALF_CLOSE_FIRST;
import static io.github.niofastopen.it.program.Scenario.WRITE_LATE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.niofastopen.it.lab.Flow;
import io.github.niofastopen.it.lab.JavaProgram;
import io.github.niofastopen.it.lab.Lab;
import io.github.niofastopen.it.lab.LabRun;
import io.github.niofastopen.it.program.Scenario;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/** What a deferred connection does for an application that doesn't write first: never a hang. */
@LabTest
class NoFirstWriteIT {
    private static final int WINDOW_MILLIS = 250;

    @ParameterizedTest
    @ScenarioSource({AWAIT_GREETING, AWAIT_GREETING_TIMEOUT})
    void aBlockingReadSendsTheSynAtOnce(Scenario scenario) throws IOException {
        // when
        LabRun run = greeted(scenario);

        // then
        assertBareSyn(run, run.flows().get(1));
    }

    @Test
    void aSelectorThatWaitsForTheServerGetsItsGreetingWhenTheWindowHasElapsed() throws IOException {
        // when
        LabRun run = greeted(AWAIT_GREETING_SELECTOR);

        // then
        assertBareSyn(run, run.flows().get(1));
        assertThat(run.flows().get(1).synMillis()).as(run.toString())
            .isGreaterThan(run.flows().get(0).synMillis() + WINDOW_MILLIS);
    }

    @Test
    void aSelectorWaitsForTheWindowOnce() throws IOException {
        // when
        LabRun run = greeted(AWAIT_GREETING_SELECTOR, AWAIT_GREETING_SELECTOR);

        // then
        assertThat(run.flows()).extracting(Flow::cookie).containsExactly("asked", "sent", "none");
    }

    @Test
    void aServerThatSpokeFirstIsNotDeferredAnyMore() throws IOException {
        // when
        LabRun run = greeted(AWAIT_GREETING, AWAIT_GREETING, AWAIT_GREETING_SELECTOR);

        // then
        assertThat(run.flows()).extracting(Flow::cookie).containsExactly("asked", "sent", "none", "none");
    }

    @ParameterizedTest
    @ScenarioSource({WRITE_LATE, FINISH_LATE, FINISH_AFTER_READY})
    void whenTheWindowHasElapsedTheSynLeavesWithoutData(Scenario scenario) throws IOException {
        // when
        LabRun run = Path50.run(Lab.path(Path50.RTT_MILLIS).far(Path50.echoServer()).near(client(scenario)));

        // then
        assertBareSyn(run, run.flows().get(1));
        assertThat(run.flows().get(1).nearBytes()).isEqualTo(300);
    }

    @Test
    void aHalfCloseIsCarriedOutWhenThePeerHasAnswered() throws IOException {
        // when
        LabRun run = Path50.run(HALF_CLOSE_FIRST);

        // then
        assertBareSyn(run, run.flows().get(1));
    }

    @Test
    void aChannelClosedUnwrittenSendsNothingOnceAndIsAnOrdinaryConnectAfterwards() throws IOException {
        // when
        LabRun run = Path50.run(CLOSE_UNWRITTEN, CLOSE_UNWRITTEN);

        // then: the first of the two is not on the wire
        assertThat(run.flows()).extracting(Flow::cookie).containsExactly("asked", "none");
    }

    private static LabRun greeted(Scenario... scenarios) throws IOException {
        return Path50.run(Lab.path(Path50.RTT_MILLIS).far(Path50.echoServer("220 lab\r\n"))
            .near(client(scenarios)));
    }

    private static JavaProgram client(Scenario... scenarios) {
        return Path50.client(Path50.FAR, scenarios).property("niofastopen.window", WINDOW_MILLIS);
    }

    private static void assertBareSyn(LabRun run, Flow flow) {
        assertThat(flow.cookie()).as(run.toString()).isEqualTo("sent");
        assertThat(flow.synPayload()).as(run.toString()).isZero();
        assertThat(flow.syns()).isEqualTo(1);
    }
}
