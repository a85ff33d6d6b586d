// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PatienceTest {
    /** Close to the overflow that System.nanoTime may have. */
    private static final long NOW = Long.MAX_VALUE - 1_000;
    private static final long LIMIT = TimeUnit.MILLISECONDS.toNanos(500);

    @Test
    void eachConnectionHasItsTimeFromWhenItIsFirstSeen() {
        Patience patience = new Patience(500);

        boolean begins = patience.begins(Phase.UNPROVEN, NOW);
        boolean again = patience.begins(Phase.UNPROVEN, NOW + 1);
        long left = patience.nanosLeft(Phase.UNPROVEN, NOW + LIMIT - 1);
        boolean inItsPlace = patience.begins(Phase.COMPARED, NOW + LIMIT);

        assertThat(begins).isTrue();
        assertThat(again).isFalse();
        assertThat(left).isEqualTo(1);
        assertThat(inItsPlace).isTrue();
        assertThat(patience.nanosLeft(Phase.COMPARED, NOW + LIMIT)).isEqualTo(LIMIT);
    }

    @Test
    void itIsExtendedOnceWhenItIsOver() {
        Patience patience = new Patience(500);
        patience.begins(Phase.UNPROVEN, NOW);

        boolean before = patience.extend(Phase.UNPROVEN, NOW + LIMIT - 1);
        boolean then = patience.extend(Phase.UNPROVEN, NOW + LIMIT);
        long left = patience.nanosLeft(Phase.UNPROVEN, NOW + LIMIT);
        boolean again = patience.extend(Phase.UNPROVEN, NOW + 2 * LIMIT);

        assertThat(before).isFalse();
        assertThat(then).isTrue();
        assertThat(left).isEqualTo(LIMIT);
        assertThat(again).isFalse();
    }

    @Test
    void whatHasNotBegunIsNotOver() {
        assertThat(new Patience(500).nanosLeft(Phase.UNPROVEN, NOW)).isGreaterThan(LIMIT);
    }

    @Test
    void withoutALimitItIsNeverOverAndThereIsNoTimeToKeep() {
        Patience patience = new Patience(0);

        boolean begins = patience.begins(Phase.UNPROVEN, NOW);

        assertThat(begins).isFalse();
        assertThat(patience.nanosLeft(Phase.UNPROVEN, NOW)).isGreaterThan(TimeUnit.DAYS.toNanos(1));
    }
}
