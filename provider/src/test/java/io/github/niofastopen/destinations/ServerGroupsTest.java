// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.destinations;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ServerGroupsTest {
    private static final String HOST = "example.org";
    private static final int PORT = 443;
    private static final int X25519 = 29;
    private static final int X25519_MLKEM768 = 0x11EC;
    private static final int REOFFER_MILLIS = 1000;
    private static final HelloLength HELLO = new HelloLength(1624, 1256);

    private long now = Long.MAX_VALUE - 1;
    private final ServerGroups groups = new ServerGroups(REOFFER_MILLIS, () -> now);

    @Test
    void ofAServerThatHasntBeenMetNothingIsKnown() {
        assertThat(groups.classical(HOST, PORT)).isNull();
    }

    @Test
    void aChoiceCountsUntilTheShareIsToBeOfferedAgain() {
        // given
        groups.choseClassical(HOST, PORT, X25519, X25519_MLKEM768, HELLO);

        // when
        now += TimeUnit.MILLISECONDS.toNanos(REOFFER_MILLIS) - 1;

        // then
        assertThat(groups.classical(HOST, PORT).group()).isEqualTo(X25519);
        assertThat(groups.classical(HOST, PORT).lengthOffered()).isEqualTo(1624);

        // when
        now++;

        // then
        assertThat(groups.classical(HOST, PORT)).isNull();
    }

    @Test
    void fromThenOnItDoesntCountHoweverOftenItIsAskedFor() {
        // given
        groups.choseClassical(HOST, PORT, X25519, X25519_MLKEM768, HELLO);

        // when
        now += TimeUnit.MILLISECONDS.toNanos(REOFFER_MILLIS);

        // then: whoever keeps handshakes with the share from ending can't have it left out
        assertThat(groups.classical(HOST, PORT)).isNull();
        assertThat(groups.classical(HOST, PORT)).isNull();
    }

    @Test
    void aNewChoiceCountsAsLongAgain() {
        // given
        groups.choseClassical(HOST, PORT, X25519, X25519_MLKEM768, HELLO);
        now += TimeUnit.MILLISECONDS.toNanos(REOFFER_MILLIS);

        // when
        groups.choseClassical(HOST, PORT, ServerGroups.NO_GROUP, X25519_MLKEM768, new HelloLength(1700, 1256));

        // then
        assertThat(groups.classical(HOST, PORT).group()).isEqualTo(ServerGroups.NO_GROUP);
        assertThat(groups.classical(HOST, PORT).lengthOffered()).isEqualTo(1700);
    }

    @Test
    void whatIsForgottenIsOfferedTheShareAgain() {
        // given
        groups.choseClassical(HOST, PORT, X25519, X25519_MLKEM768, HELLO);
        groups.choseClassical(HOST, 8443, X25519, X25519_MLKEM768, HELLO);

        // when
        groups.forget(HOST, PORT, groups.classical(HOST, PORT));

        // then
        assertThat(groups.classical(HOST, PORT)).isNull();
        assertThat(groups.classical(HOST, 8443)).isNotNull();

        // when
        groups.forgetAll();

        // then
        assertThat(groups.classical(HOST, 8443)).isNull();
    }

    @Test
    void whereAPostQuantumGroupWasEverChosenAClassicalChoiceDoesntCount() {
        // given: several machines behind one name
        groups.choseClassical(HOST, PORT, X25519, X25519_MLKEM768, HELLO);
        groups.chosePostQuantum(HOST, PORT);

        // when
        groups.choseClassical(HOST, PORT, X25519, X25519_MLKEM768, HELLO);

        // then
        assertThat(groups.classical(HOST, PORT)).isNull();

        // when: another network may have others there
        groups.forgetAll();
        groups.choseClassical(HOST, PORT, X25519, X25519_MLKEM768, HELLO);

        // then
        assertThat(groups.classical(HOST, PORT)).isNotNull();
    }

    @Test
    void anIntervalOfNothingHasTheShareOfferedAlways() {
        // given
        ServerGroups always = new ServerGroups(0, () -> now);

        // when
        always.choseClassical(HOST, PORT, X25519, X25519_MLKEM768, HELLO);

        // then
        assertThat(always.classical(HOST, PORT)).isNull();
    }

    @Test
    void whatHasntBeenAskedForLongestIsForgottenFirst() {
        // given
        for (int port = 1; port <= ServerGroups.MAX_REMEMBERED; port++) {
            groups.choseClassical(HOST, port, X25519, X25519_MLKEM768, HELLO);
        }
        assertThat(groups.classical(HOST, 1)).isNotNull();

        // when
        groups.choseClassical("other.example", 443, X25519, X25519_MLKEM768, HELLO);

        // then
        assertThat(groups.size()).isEqualTo(ServerGroups.MAX_REMEMBERED);
        assertThat(groups.classical(HOST, 1)).isNotNull();
        assertThat(groups.classical(HOST, 2)).isNull();
    }
}
