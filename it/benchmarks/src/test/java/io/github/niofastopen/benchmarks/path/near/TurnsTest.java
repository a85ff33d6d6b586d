// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.benchmarks.path.near;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class TurnsTest {
    private final Turns turns = new Turns(1);

    /** A contender that fails in one of its exchanges. */
    private static final class Failing extends Contender {
        private final int last;
        private boolean abandoned;

        Failing(String name, boolean mayFail, int last) {
            super(new Plan.Step(name, List.of(), null, false, mayFail, List.of(NearEnd.FULL)), 0);
            this.last = last;
        }

        @Override
        void exchange(String handshake) throws IOException {
            if (exchanges().size() == last) {
                throw new IOException("in its own words");
            }
            add(handshake, 0, 0, 0);
        }

        @Override
        void abandon() {
            abandoned = true;
        }
    }

    @Test
    void theOthersGoOnWithoutOneThatMayFail() throws Exception {
        // given
        Failing failing = new Failing("A", true, 2);
        turns.begin(failing);
        turns.begin(new Failing("B", false, -1));

        // when
        for (int round = 0; round < 5; round++) {
            turns.round(round);
        }

        // then
        Report report = turns.end();
        assertThat(report.failures()).containsExactly(new Report.Failure("A", "in its own words"));
        assertThat(report.exchanges()).extracting(Exchange::contender).containsOnly("A", "B").hasSize(2 + 5);
        assertThat(failing.abandoned).isTrue();
    }

    @Test
    void oneThatMayNotFailEndsAll() throws Exception {
        turns.begin(new Failing("A", false, 0));

        assertThatThrownBy(() -> turns.round(0)).isInstanceOf(IOException.class).hasMessage("A failed: in its own words");
    }
}
