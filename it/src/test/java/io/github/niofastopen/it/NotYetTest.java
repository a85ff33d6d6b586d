// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NotYetTest {
    private static final Set<String> LIST = Set.of("listed");

    @Test
    void whatIsListedMustFail() {
        assertThatCode(() -> NotYet.check(LIST, "listed", () -> assertThat(1).isEqualTo(2))).doesNotThrowAnyException();
        assertThatThrownBy(() -> NotYet.check(LIST, "listed", () -> assertThat(1).isEqualTo(1)))
            .isInstanceOf(AssertionError.class).hasMessageContaining("listed holds now");
    }

    @Test
    void whatIsNotListedMustHold() {
        assertThatCode(() -> NotYet.check(LIST, "other", () -> assertThat(1).isEqualTo(1))).doesNotThrowAnyException();
        assertThatThrownBy(() -> NotYet.check(LIST, "other", () -> assertThat(1).isEqualTo(2)))
            .isInstanceOf(AssertionError.class);
    }

    @Test
    void thePromisesAreTestMethods() throws ClassNotFoundException {
        for (String promise : NotYet.PROMISES) {
            String[] names = promise.split("\\.");
            Class<?> test = Class.forName(getClass().getPackageName() + "." + names[0]);
            assertThat(Arrays.stream(test.getDeclaredMethods()).map(method -> method.getName())).contains(names[1]);
        }
    }
}
