// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.keyshare;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.niofastopen.destinations.AuthenticatedServer;
import io.github.niofastopen.destinations.HelloLength;
import io.github.niofastopen.destinations.ServerGroups;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HandshakeTest {
    private static final int X25519_MLKEM768 = 0x11EC;
    private static final int X25519 = 29;
    private static final int X448 = 30;
    private static final int SECP256R1 = 23;
    private static final int SECP384R1 = 24;
    private static final int FFDHE2048 = 256;
    private static final int[] GROUPS = {X25519_MLKEM768, X25519, SECP256R1, SECP384R1, X448, FFDHE2048};
    private static final Map<Integer, Integer> LENGTHS =
        Map.of(X25519_MLKEM768, 1216, X25519, 32, SECP256R1, 65, SECP384R1, 97, X448, 56, FFDHE2048, 256);
    private static final HelloLength HELLO = new HelloLength(1624, 1256);

    private final ServerGroups memory = new ServerGroups(1000, () -> 0);
    private final Object context = new Object();
    private final AuthenticatedServer server = memory.server(context, "HTTPS", "example.org", 443);

    @Test
    void whereNothingIsExpectedNoShareIsLeftOut() {
        assertThat(sharesOf(new Handshake(server, null))).containsExactly(GROUPS);
    }

    @Test
    void whereAClassicalGroupIsExpectedItIsTheOnlyOneOfItsKindAndThereIsNoPostQuantumOne() {
        // given
        memory.choseClassical(server, SECP384R1, X25519_MLKEM768, HELLO);

        // when, then
        assertThat(sharesOf(new Handshake(server, memory.classical(server)))).containsExactly(X25519, SECP384R1, X448, FFDHE2048);
    }

    @Test
    void whereNoGroupIsExpectedThereIsNoPostQuantumOne() {
        // given
        memory.choseClassical(server, ServerGroups.NO_GROUP, X25519_MLKEM768, HELLO);

        // when, then
        assertThat(sharesOf(new Handshake(server, memory.classical(server))))
            .containsExactly(X25519, SECP256R1, SECP384R1, X448, FFDHE2048);
    }

    @Test
    void aClassicalChoiceIsLearnedWhereAPostQuantumShareWasOffered() {
        // given
        Handshake handshake = handshake(null);

        // when
        handshake.teach(memory, X25519, 1624);

        // then
        assertThat(memory.classical(server).group()).isEqualTo(X25519);
        assertThat(memory.classical(server).declined()).isEqualTo(X25519_MLKEM768);
        assertThat(memory.classical(server).lengthOffered()).isEqualTo(1624);
    }

    @Test
    void aClassicalChoiceIsADeclinedPostQuantumShareWhereOneWasOffered() {
        assertThat(handshake(null).isDeclinedBy(X25519)).isTrue();
        assertThat(handshake(null).isDeclinedBy(ServerGroups.NO_GROUP)).isTrue();
        assertThat(handshake(null).isDeclinedBy(X25519_MLKEM768)).isFalse();
        assertThat(new Handshake(server, null).isDeclinedBy(X25519)).isFalse();
    }

    @Test
    void nothingIsLearnedWhereTheJdkSentNone() {
        // given: it was asked for one, and had none
        Handshake handshake = new Handshake(server, null);
        handshake.isWithout(X25519_MLKEM768);
        handshake.sent(X25519, 32);

        // when
        handshake.teach(memory, X25519, 300);

        // then
        assertThat(memory.classical(server)).isNull();
    }

    @Test
    void aChoiceByAHelloRetryRequestIsLearnedWithTheLengthOfTheFirstHello() {
        // given
        Handshake handshake = handshake(null);
        handshake.retry(memory, 1624);
        handshake.retry(memory, 500);

        // when
        handshake.teach(memory, SECP384R1, 500);

        // then
        assertThat(memory.classical(server).group()).isEqualTo(SECP384R1);
        assertThat(memory.classical(server).lengthOffered()).isEqualTo(1624);
    }

    @Test
    void aPredictionThatCameTrueIsKept() {
        // given
        memory.choseClassical(server, X25519, X25519_MLKEM768, HELLO);
        ServerGroups.Choice choice = memory.classical(server);
        Handshake handshake = handshake(choice);

        // when
        handshake.teach(memory, X25519, 900);

        // then
        assertThat(memory.classical(server)).isSameAs(choice);
    }

    /** Six shares have 1746 bytes with their headers, and without the post-quantum one and X448's 466. */
    @Test
    void whatAHelloHasBesidesItsSharesIsCountedInWhicheverItHas() {
        // when
        handshake(null).teach(memory, X25519, 2100);

        // then: how long the shares are that are sent in the place of the others isn't known yet
        assertThat(lengths()).containsExactly(2100, 2100 - 1746);

        // when: with a session's ticket
        handshake(memory.classical(server)).teach(memory, X25519, 1100);

        // then
        assertThat(lengths()).containsExactly(1100 - 466 + 1746, 1100);

        // when: without
        handshake(null).teach(memory, X25519, 2100);

        // then
        assertThat(lengths()).containsExactly(2100, 2100 - 1746 + 466);
    }

    @Test
    void aHelloRetryRequestTakesThePredictionBack() {
        // given
        memory.choseClassical(server, X25519, X25519_MLKEM768, HELLO);
        Handshake handshake = handshake(memory.classical(server));

        // when
        handshake.retry(memory, 400);

        // then: at once
        assertThat(memory.classical(server)).isNull();

        // when
        handshake.teach(memory, SECP384R1, 500);

        // then: what was not sent a post-quantum share has declined none
        assertThat(memory.classical(server)).isNull();
    }

    @Test
    void aHelloRetryRequestLeavesAloneWhatAnotherHandshakeHasLearnedMeanwhile() {
        // given
        memory.choseClassical(server, X25519, X25519_MLKEM768, HELLO);
        Handshake predicted = handshake(memory.classical(server));
        Handshake another = handshake(null);
        another.teach(memory, X25519, 1624);

        // when
        predicted.retry(memory, 400);

        // then
        assertThat(memory.classical(server)).isNotNull();
    }

    /** Anybody in between can forge one. */
    @Test
    void aHelloRetryRequestLeavesTheServerAmongThoseThatAreNeverPredicted() {
        // given
        memory.choseClassical(server, X25519, X25519_MLKEM768, HELLO);
        Handshake predicted = handshake(memory.classical(server));
        Handshake another = handshake(null);
        another.teach(memory, X25519_MLKEM768, 1624);

        // when
        predicted.retry(memory, 400);

        // then
        memory.choseClassical(server, X25519, X25519_MLKEM768, HELLO);
        assertThat(memory.classical(server)).isNull();
    }

    @Test
    void aPostQuantumChoiceTakesThePredictionBack() {
        // given
        memory.choseClassical(server, X25519, X25519_MLKEM768, HELLO);
        Handshake another = handshake(null);

        // when
        another.teach(memory, X25519_MLKEM768, 1624);

        // then
        assertThat(memory.classical(server)).isNull();
    }

    /** One that has sent its shares. */
    private Handshake handshake(ServerGroups.Choice predicted) {
        Handshake handshake = new Handshake(server, predicted);
        sharesOf(handshake);
        return handshake;
    }

    /** Of the next hello, with the post-quantum share and without. */
    private List<Integer> lengths() {
        ServerGroups.Choice choice = memory.classical(server);
        return List.of(choice.lengthOffered(), choice.lengthPredicted());
    }

    private static int[] sharesOf(Handshake handshake) {
        int[] shares = Arrays.stream(GROUPS).filter(group -> !handshake.isWithout(group)).toArray();
        Arrays.stream(shares).forEach(share -> handshake.sent(share, LENGTHS.get(share)));
        return shares;
    }
}
