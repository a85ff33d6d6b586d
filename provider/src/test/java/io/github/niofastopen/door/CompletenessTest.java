// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.door;

import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class CompletenessTest {

    abstract static class Old {
        abstract void first(int number);

        void second() {
            first(2);
        }

        static void third() {
            // Not overridden.
        }
    }

    static class All extends Old {
        @Override
        void first(int number) {
            // As the one that it stands for.
        }

        @Override
        void second() {
            // As the one that it stands for.
        }
    }

    static class Some extends Old {
        @Override
        void first(int number) {
            // As the one that it stands for.
        }

        void second(int another) {
            first(another);
        }
    }

    @Test
    void oneThatOverridesAllIsComplete() {
        assertThatNoException().isThrownBy(() -> Completeness.check(All.class, ""));
    }

    @Test
    void oneThatLeavesAMethodOutIsNot() {
        assertThatThrownBy(() -> Completeness.check(Some.class, "")).isInstanceOf(NoSuchMethodException.class)
            .hasMessageContaining("second").hasMessageContaining("isn't known");
    }

    @Test
    void aMethodThatCallsOthersMayBeLeftOut() {
        assertThatNoException().isThrownBy(() -> Completeness.check(Some.class, "second"));
    }
}
