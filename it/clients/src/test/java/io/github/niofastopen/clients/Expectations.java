// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ConnectException;
import java.util.List;

/** What runs are expected to show. */
final class Expectations {
    /** No machine is too slow for less. */
    private static final double LEAST_ROUND_TRIPS_ORDINARY = 2;

    private Expectations() {
    }

    static void works(ClientRun run) {
        for (Pass pass : List.of(run.before(), run.after())) {
            assertThat(pass.outcomes(Step.FRESH)).as(run.toString()).hasSize(Step.FRESH.exchanges())
                .allMatch(Pass::isSuccess);
            assertThat(pass.laterFlows()).as(run.toString()).hasSizeGreaterThanOrEqualTo(Step.FRESH.exchanges() - 1);
        }
    }

    /** With the JDK's provider nothing is gained. */
    static void isOrdinaryWithout(ClientRun run) {
        assertThat(run.before().leastFirstByteMillis() / Comparison.RTT_MILLIS).as(run.toString())
            .isGreaterThanOrEqualTo(LEAST_ROUND_TRIPS_ORDINARY);
        assertThat(run.before().flows()).as(run.toString()).allMatch(flow -> flow.synPayload() == 0);
    }

    static void gains(ClientRun run) {
        gains(run, run.after());
    }

    /** With the JDK's provider, too. */
    static void gainsWithout(ClientRun run) {
        gains(run, run.before());
    }

    private static void gains(ClientRun run, Pass pass) {
        assertThat(pass.laterFlows()).as(run.toString())
            .allMatch(flow -> flow.synCarriesClientHello() && flow.synDataWasAcknowledged()
                && flow.serverSpokeAfterTheSynAlone());
    }

    /** From the second connection on each is an ordinary one: held back by nobody, and without Fast Open. */
    static void isLeftAlone(ClientRun run) {
        assertThat(run.after().laterFlows()).as(run.toString())
            .allMatch(flow -> flow.cookie().equals("none") && flow.synPayload() == 0 && flow.syns() == 1);
    }

    static void gainsNothing(ClientRun run) {
        assertThat(run.after().leastFirstByteMillis() / Comparison.RTT_MILLIS).as("it does gain: " + run)
            .isGreaterThanOrEqualTo(LEAST_ROUND_TRIPS_ORDINARY);
    }

    static void onlyClientHellosRode(Comparison comparison) {
        for (Pass pass : List.of(comparison.before(), comparison.after())) {
            assertThat(pass.flows()).as(comparison.toString())
                .allMatch(flow -> flow.synPayload() == 0 || flow.synCarriesClientHello());
        }
    }

    static void reusesAsEver(ClientRun run) {
        for (Step step : List.of(Step.KEPT, Step.AGAIN)) {
            assertThat(run.before().outcomes(step)).as(run.toString()).isNotEmpty().allMatch(Pass::isSuccess);
            assertThat(run.after().outcomes(step)).as(run.toString()).isNotEmpty().allMatch(Pass::isSuccess);
        }
        // Some libraries report it when the server closes the connection after an answer.
        if (!run.row().mayMissLast) {
            assertThat(run.after().kinds(Step.LAST)).as(run.toString()).isEqualTo(run.before().kinds(Step.LAST));
        }
        int least = run.row().connectionsOfFour;
        int most = least + run.row().extraConnections;
        assertThat(run.before().flows(Step.KEPT)).as(run.toString()).hasSizeBetween(least, most);
        assertThat(run.after().flows(Step.KEPT)).as(run.toString()).hasSizeBetween(least, most);
    }

    static void failsAsEver(ClientRun run) {
        for (Step step : List.of(Step.STRANGER, Step.RESET)) {
            List<String> before = run.before().kinds(step);
            assertThat(before).as(run.toString()).isNotEmpty().noneMatch(Pass::isSuccess);
            if (run.row().whyItFailsDifferently == null) {
                assertThat(run.after().kinds(step)).as(run.toString()).isEqualTo(before);
            } else {
                assertThat(run.after().kinds(step)).as(run.toString()).isNotEmpty().noneMatch(Pass::isSuccess);
            }
        }
        List<String> refused = run.after().outcomes(Step.REFUSED);
        if (run.row().ownFastOpen) {
            assertThat(refused).as(run.toString()).isNotEmpty().noneMatch(Pass::isSuccess);
            return;
        }
        assertThat(run.before().kinds(Step.REFUSED)).as(run.toString()).containsExactly(refused.get(1));
        // The first refusal is told by a read or write: libraries take it for the end of a connection in its handshake.
        assertThat(refused.get(0)).as(run.toString()).matches(first -> first.equals(refused.get(1))
            || first.contains(ConnectException.class.getName()) || run.before().outcomes(Step.RESET).contains(first));
    }
}
