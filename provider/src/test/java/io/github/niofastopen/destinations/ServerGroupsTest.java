// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.destinations;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ServerGroupsTest {
    private static final String HOST = "example.org";
    private static final int PORT = 443;
    private static final String HTTPS = "HTTPS";
    private static final int X25519 = 29;
    private static final int X25519_MLKEM768 = 0x11EC;
    private static final int REOFFER_MILLIS = 1000;
    private static final HelloLength HELLO = new HelloLength(1624, 1256);

    private long now = Long.MAX_VALUE - 1;
    private final ServerGroups groups = new ServerGroups(REOFFER_MILLIS, () -> now);
    private final Object context = new Object();
    private final AuthenticatedServer server = server(PORT);
    private final AuthenticatedServer otherPort = server(8443);

    private AuthenticatedServer server(int port) {
        return groups.server(context, HTTPS, HOST, port);
    }

    @Test
    void ofAServerThatHasntBeenMetNothingIsKnown() {
        assertThat(groups.classical(server)).isNull();
    }

    @Test
    void aChoiceCountsUntilTheShareIsToBeOfferedAgain() {
        // given
        groups.choseClassical(server, X25519, X25519_MLKEM768, HELLO);

        // when
        now += TimeUnit.MILLISECONDS.toNanos(REOFFER_MILLIS) - 1;

        // then
        assertThat(groups.classical(server).group()).isEqualTo(X25519);
        assertThat(groups.classical(server).lengthOffered()).isEqualTo(1624);

        // when
        now++;

        // then
        assertThat(groups.classical(server)).isNull();
    }

    @Test
    void fromThenOnItDoesntCountHoweverOftenItIsAskedFor() {
        // given
        groups.choseClassical(server, X25519, X25519_MLKEM768, HELLO);

        // when
        now += TimeUnit.MILLISECONDS.toNanos(REOFFER_MILLIS);

        // then: whoever keeps handshakes with the share from ending can't have it left out
        assertThat(groups.classical(server)).isNull();
        assertThat(groups.classical(server)).isNull();
    }

    @Test
    void aNewChoiceCountsAsLongAgain() {
        // given
        groups.choseClassical(server, X25519, X25519_MLKEM768, HELLO);
        now += TimeUnit.MILLISECONDS.toNanos(REOFFER_MILLIS);

        // when
        groups.choseClassical(server, ServerGroups.NO_GROUP, X25519_MLKEM768, new HelloLength(1700, 1256));

        // then
        assertThat(groups.classical(server).group()).isEqualTo(ServerGroups.NO_GROUP);
        assertThat(groups.classical(server).lengthOffered()).isEqualTo(1700);
    }

    @Test
    void whatIsForgottenIsOfferedTheShareAgain() {
        // given
        groups.choseClassical(server, X25519, X25519_MLKEM768, HELLO);
        groups.choseClassical(otherPort, X25519, X25519_MLKEM768, HELLO);

        // when
        groups.forget(server, groups.classical(server));

        // then
        assertThat(groups.classical(server)).isNull();
        assertThat(groups.classical(otherPort)).isNotNull();

        // when
        groups.forgetAll();

        // then
        assertThat(groups.classical(otherPort)).isNull();
    }

    @Test
    void whereAPostQuantumGroupWasEverChosenAClassicalChoiceDoesntCount() {
        // given: several machines behind one name
        groups.choseClassical(server, X25519, X25519_MLKEM768, HELLO);
        groups.chosePostQuantum(server);

        // when
        groups.choseClassical(server, X25519, X25519_MLKEM768, HELLO);

        // then
        assertThat(groups.classical(server)).isNull();

        // when: another network may have others there
        groups.forgetAll();
        groups.choseClassical(server, X25519, X25519_MLKEM768, HELLO);

        // then
        assertThat(groups.classical(server)).isNotNull();
    }

    @Test
    void anIntervalOfNothingHasTheShareOfferedAlways() {
        // given
        ServerGroups always = new ServerGroups(0, () -> now);

        // when
        always.choseClassical(server, X25519, X25519_MLKEM768, HELLO);

        // then
        assertThat(always.classical(server)).isNull();
    }

    @Test
    void aChoiceCountsForThoseAloneThatAuthenticateTheServerAlike() {
        // when
        groups.choseClassical(server, X25519, X25519_MLKEM768, HELLO);

        // then
        assertThat(groups.classical(groups.server(context, HTTPS, "EXAMPLE.org", PORT))).isNotNull();
        assertThat(groups.classical(groups.server(new Object(), HTTPS, HOST, PORT))).isNull();
        assertThat(groups.classical(groups.server(context, "LDAPS", HOST, PORT))).isNull();
        assertThat(groups.classical(groups.server(context, null, HOST, PORT))).isNull();
    }

    /** Its equals may say anything. */
    @Test
    void contextsAreComparedByIdentity() {
        // given
        String one = new String("context");
        String other = new String("context");

        // when
        groups.choseClassical(groups.server(one, HTTPS, HOST, PORT), X25519, X25519_MLKEM768, HELLO);

        // then
        assertThat(groups.classical(groups.server(one, HTTPS, HOST, PORT))).isNotNull();
        assertThat(groups.classical(groups.server(other, HTTPS, HOST, PORT))).isNull();
    }

    @Test
    void noIdentificationAlgorithmIsAsAnEmptyOne() {
        // when
        groups.choseClassical(groups.server(context, null, HOST, PORT), X25519, X25519_MLKEM768, HELLO);

        // then
        assertThat(groups.classical(groups.server(context, "", HOST, PORT))).isNotNull();
    }

    @Test
    void thatAPostQuantumGroupWasChosenCountsForAll() {
        // given
        groups.choseClassical(server, X25519, X25519_MLKEM768, HELLO);

        // when
        groups.chosePostQuantum(groups.server(new Object(), null, HOST, PORT));

        // then
        assertThat(groups.classical(server)).isNull();
    }

    /** As that of an application that is undeployed. */
    @Test
    void aContextIsNotKeptAliveNorIsWhatItsHandshakesHaveLearned() {
        // given
        Object undeployed = new Object();
        WeakReference<Object> seen = new WeakReference<>(undeployed);
        groups.choseClassical(groups.server(undeployed, HTTPS, HOST, PORT), X25519, X25519_MLKEM768, HELLO);

        // when
        undeployed = null;
        while (seen.get() != null || groups.size() > 1) {
            System.gc();
            groups.choseClassical(server, X25519, X25519_MLKEM768, HELLO);
            assertThat(Thread.interrupted()).as("the time is over").isFalse();
        }

        // then
        assertThat(groups.classical(server)).isNotNull();
    }

    @Test
    void theNamesOfPostQuantumServersHaveABoundToo() {
        // given
        for (int port = 1; port <= ServerGroups.MAX_REMEMBERED; port++) {
            groups.chosePostQuantum(server(port));
        }
        assertThat(groups.classical(server(1))).isNull();

        // when
        groups.chosePostQuantum(server(ServerGroups.MAX_REMEMBERED + 1));
        groups.choseClassical(server(1), X25519, X25519_MLKEM768, HELLO);
        groups.choseClassical(server(2), X25519, X25519_MLKEM768, HELLO);

        // then: the one that hasn't been asked for longest is the one that is forgotten
        assertThat(groups.classical(server(1))).isNull();
        assertThat(groups.classical(server(2))).isNotNull();
    }

    @Test
    void whatHasntBeenAskedForLongestIsForgottenFirst() {
        // given
        for (int port = 1; port <= ServerGroups.MAX_REMEMBERED; port++) {
            groups.choseClassical(server(port), X25519, X25519_MLKEM768, HELLO);
        }
        assertThat(groups.classical(server(1))).isNotNull();

        // when
        groups.choseClassical(groups.server(context, HTTPS, "other.example", PORT), X25519, X25519_MLKEM768, HELLO);

        // then
        assertThat(groups.size()).isEqualTo(ServerGroups.MAX_REMEMBERED);
        assertThat(groups.classical(server(1))).isNotNull();
        assertThat(groups.classical(server(2))).isNull();
    }
}
