// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.keyshare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HandshakesTest {
    private final Handshakes handshakes = new Handshakes();

    @Test
    void oneIsFoundByItsKeyUntilItEnds() {
        // given
        Object key = new Object();
        Object other = new Object();
        Handshake handshake = new Handshake(null, null);
        handshakes.begin(key, handshake);
        handshakes.begin(other, new Handshake(null, null));

        // when, then
        assertThat(handshakes.of(key)).isSameAs(handshake);
        assertThat(handshakes.end(one -> one == key).getValue()).isSameAs(handshake);
        assertThat(handshakes.of(key)).isNull();
        assertThat(handshakes.end(one -> one == key)).isNull();
        assertThat(handshakes.of(other)).isNotNull();
    }

    @Test
    void oneThatWasNeverBegunIsntFound() {
        assertThat(handshakes.end(one -> true)).isNull();
    }

    @Test
    void thereIsABound() {
        // given
        List<Object> keys = new ArrayList<>();

        // when
        while (!handshakes.isFull()) {
            keys.add(new Object());
            handshakes.begin(keys.get(keys.size() - 1), new Handshake(null, null));
        }

        // then
        assertThat(keys).hasSize(Handshakes.MAX_FOLLOWED);
        assertThat(handshakes.end(one -> one == keys.get(0))).isNotNull();
        assertThat(handshakes.isFull()).isFalse();
    }
}
