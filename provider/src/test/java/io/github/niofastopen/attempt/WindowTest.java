// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** How long a SYN is held back for a ClientHello. */
class WindowTest {
    private final Window window = new Window(0);

    @Test
    void longUntilThisJvmHasMadeItsFirstClientHello() {
        assertThat(window.millis(true)).isEqualTo(Window.MOST_MILLIS);
    }

    @Test
    void shortWhereNoClientHelloCanBeHopedFor() {
        assertThat(window.millis(false)).isEqualTo(Window.LEAST_MILLIS);

        window.learn(1000);

        assertThat(window.millis(false)).isEqualTo(Window.LEAST_MILLIS);
    }

    @Test
    void severalTimesAsLongAsAClientHelloHasTaken() {
        window.learn(200);

        assertThat(window.millis(true)).isEqualTo(800);
    }

    @Test
    void neverShorterNorLongerThanItsBounds() {
        window.learn(0);
        assertThat(window.millis(true)).isEqualTo(Window.LEAST_MILLIS);

        window.learn(60_000);
        assertThat(window.millis(true)).isEqualTo(Window.MOST_MILLIS);
    }

    @Test
    void aLongHoldIsForgottenAmongShortOnes() {
        // given
        window.learn(4000);

        // when
        for (int i = 0; i < 100; i++) {
            window.learn(1);
        }

        // then
        assertThat(window.millis(true)).isEqualTo(Window.LEAST_MILLIS);
    }

    @Test
    void aShortHoldDoesNotOutweighALongOne() {
        window.learn(800);
        window.learn(1);

        assertThat(window.millis(true)).isGreaterThan(2900);
    }

    @Test
    void alwaysTheSameWhereItIsSaid() {
        Window fixed = new Window(40);
        fixed.learn(4000);

        assertThat(fixed.millis(true)).isEqualTo(40);
        assertThat(fixed.millis(false)).isEqualTo(40);
    }
}
