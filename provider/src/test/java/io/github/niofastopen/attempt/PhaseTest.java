// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PhaseTest {

    @ParameterizedTest
    @CsvSource(delimiter = '>', textBlock = """
        ARMED        > WATCHED ASKED ANSWERED HELD CLOSED
        WATCHED      > CLOSED
        ASKED        > ANSWERED ASKING_AGAIN FAILED CLOSED
        ASKING_AGAIN > ANSWERED FAILED CLOSED
        ANSWERED     > CLOSED
        HELD         > SYN_SENT CLOSED
        SYN_SENT     > UNPROVEN ESTABLISHED RECONNECTING FAILED CLOSED
        UNPROVEN     > ESTABLISHED RECONNECTING FAILED CLOSED
        RECONNECTING > COMPARED ESTABLISHED FAILED CLOSED
        COMPARED     > ESTABLISHED CLOSED
        ESTABLISHED  > CLOSED
        FAILED       > CLOSED
        """)
    void mayBecomeOnlyWhatTheDiagramShows(Phase phase, String next) {
        Set<Phase> shown = Stream.of(next.split(" ")).map(Phase::valueOf).collect(Collectors.toSet());

        assertThat(successors(phase)).isEqualTo(shown);
    }

    @Test
    void closedIsFinal() {
        assertThat(successors(Phase.CLOSED)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void noPhaseFollowsItself(Phase phase) {
        assertThat(phase.mayBecome(phase)).isFalse();
    }

    @Test
    void everyPhaseCanBeReachedFromADeferrableAttempt() {
        Set<Phase> reached = EnumSet.noneOf(Phase.class);
        Deque<Phase> open = new ArrayDeque<>(Set.of(Phase.ARMED));

        while (!open.isEmpty()) {
            Phase phase = open.pop();
            if (reached.add(phase)) {
                open.addAll(successors(phase));
            }
        }

        assertThat(reached).containsExactlyInAnyOrder(Phase.values());
    }

    @ParameterizedTest
    @EnumSource
    void everyOpenPhaseMayBeClosed(Phase phase) {
        assertThat(phase.mayBecome(Phase.CLOSED)).isEqualTo(phase != Phase.CLOSED);
    }

    @ParameterizedTest
    @EnumSource(names = {"ASKING_AGAIN", "RECONNECTING"})
    void aReconnectIsNotFollowedByAnother(Phase second) {
        Set<Phase> later = EnumSet.noneOf(Phase.class);
        Deque<Phase> open = new ArrayDeque<>(successors(second));

        while (!open.isEmpty()) {
            Phase phase = open.pop();
            if (later.add(phase)) {
                open.addAll(successors(phase));
            }
        }

        assertThat(later).doesNotContain(Phase.UNPROVEN, Phase.RECONNECTING, Phase.ASKING_AGAIN, Phase.SYN_SENT, Phase.HELD, Phase.ASKED);
    }

    @Test
    void thePeerIsAwaitedWhileASynIsUnanswered() {
        assertThat(Phase.values()).filteredOn(Phase::awaitsPeer)
            .containsExactlyInAnyOrder(Phase.ASKED, Phase.ASKING_AGAIN, Phase.SYN_SENT, Phase.RECONNECTING);
    }

    private static Set<Phase> successors(Phase phase) {
        return Stream.of(Phase.values()).filter(phase::mayBecome).collect(Collectors.toSet());
    }
}
