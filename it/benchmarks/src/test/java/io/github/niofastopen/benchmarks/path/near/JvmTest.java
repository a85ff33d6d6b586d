// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.benchmarks.path.near;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class JvmTest {
    /** A shell takes the place of the JVM. */
    private static Jvm saying(String script) {
        return new Jvm(new Plan.Step("A", List.of("sh", "-c", script), null, false, true, List.of(NearEnd.FULL)), 0);
    }

    @Test
    void anExchangeIsTheTimesThatItPrints() throws Exception {
        Jvm jvm = saying("echo ready; read order; echo 1000 3000");
        jvm.begin();

        jvm.exchange(NearEnd.FULL);

        assertThat(jvm.exchanges()).singleElement().satisfies(exchange -> {
            assertThat(exchange.connect()).isEqualTo(1000);
            assertThat(exchange.firstByteAfter()).isEqualTo(2000);
        });
    }

    @Test
    void whatItSaysOfItsFailureIsPassedOn() throws Exception {
        Jvm jvm = saying("echo ready; read order; echo failed java.io.IOException: broken");
        jvm.begin();

        assertThatThrownBy(() -> jvm.exchange(NearEnd.RESUMED)).isInstanceOf(IOException.class)
            .hasMessage("exchange 1 over the path (resumed): java.io.IOException: broken");
    }

    @Test
    void anEndWithoutWordsIsAFailure() {
        assertThatThrownBy(() -> saying("exit 1").begin()).isInstanceOf(IOException.class).hasMessage("warming up: it ended");
    }

    @Test
    void anEndBeforeItIsAskedIsAFailure() throws Exception {
        Jvm jvm = saying("echo ready; exec 0<&-; exit 1");
        jvm.begin();

        assertThatThrownBy(() -> jvm.exchange(NearEnd.FULL)).isInstanceOf(IOException.class).hasMessageContaining("it ended");
    }
}
