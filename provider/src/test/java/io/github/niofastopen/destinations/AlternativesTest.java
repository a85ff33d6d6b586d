// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.destinations;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AlternativesTest {
    private static final InetSocketAddress FIRST = named("example.org", 1);
    private static final InetSocketAddress SECOND = named("example.org", 2);

    /** Close to the overflow that System.nanoTime may have. */
    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 1_000);
    private final Alternatives alternatives = new Alternatives(clock::get);

    @Test
    void theOnlyAddressOfANameIsNeverInDoubt() {
        // given
        alternatives.use(FIRST);
        alternatives.use(FIRST);

        // then
        assertThat(alternatives.isInDoubt(FIRST)).isFalse();
    }

    @Test
    void addressesWithoutANameAreNotOneAnothersAlternatives() throws UnknownHostException {
        // given
        InetSocketAddress one = new InetSocketAddress(InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, 1}), 443);
        InetSocketAddress other = new InetSocketAddress(InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, 2}), 443);

        // when
        alternatives.use(one);
        alternatives.use(other);

        // then
        assertThat(alternatives.isInDoubt(one)).isFalse();
        assertThat(alternatives.isInDoubt(other)).isFalse();
    }

    @Test
    void oneOfSeveralIsInDoubtUntilItIsHeardFrom() {
        // given
        alternatives.use(FIRST);
        alternatives.use(SECOND);
        boolean before = alternatives.isInDoubt(FIRST);

        // when
        alternatives.hear(FIRST.getAddress());

        // then
        assertThat(before).isTrue();
        assertThat(alternatives.isInDoubt(FIRST)).isFalse();
        assertThat(alternatives.isInDoubt(SECOND)).isTrue();
    }

    @Test
    void theFirstConnectToASecondAddressIsInDoubt() {
        // given
        alternatives.use(FIRST);

        // then
        assertThat(alternatives.isInDoubt(SECOND)).isTrue();
    }

    @Test
    void aNameThatHasMovedToAnotherAddressLongAgoHasNoOther() {
        // given
        alternatives.use(FIRST);
        clock.addAndGet(Alternatives.REMEMBERED_NANOS);

        // when
        alternatives.use(SECOND);

        // then
        assertThat(alternatives.isInDoubt(SECOND)).isFalse();
    }

    @Test
    void anotherPortOfTheHostHasAlternativesToo() {
        // given
        alternatives.use(FIRST);
        alternatives.use(SECOND);

        // then
        assertThat(alternatives.isInDoubt(new InetSocketAddress(FIRST.getAddress(), 8443))).isTrue();
    }

    @Test
    void itIsInDoubtAgainAMinuteAfterItWasHeardFrom() {
        // given
        alternatives.use(FIRST);
        alternatives.use(SECOND);
        alternatives.hear(FIRST.getAddress());

        // when
        clock.addAndGet(Alternatives.CERTAIN_NANOS - 1);
        boolean justBefore = alternatives.isInDoubt(FIRST);
        clock.addAndGet(1);

        // then
        assertThat(justBefore).isFalse();
        assertThat(alternatives.isInDoubt(FIRST)).isTrue();
    }

    @Test
    void whatIsHeardOverAndOverKeepsItOutOfDoubt() {
        // given
        alternatives.use(FIRST);
        alternatives.use(SECOND);

        for (int i = 0; i < 100; i++) {
            // when
            alternatives.hear(FIRST.getAddress());
            clock.addAndGet(Alternatives.CERTAIN_NANOS / 2);

            // then
            assertThat(alternatives.isInDoubt(FIRST)).isFalse();
        }
    }

    @Test
    void aNameThatKeptToOneAddressForAnHourHasNoOther() {
        // given
        alternatives.use(FIRST);
        alternatives.use(SECOND);

        // when
        clock.addAndGet(Alternatives.REMEMBERED_NANOS);
        alternatives.use(SECOND);

        // then
        assertThat(alternatives.isInDoubt(SECOND)).isFalse();
    }

    @Test
    void whatIsForgottenIsNotInDoubt() {
        // given
        alternatives.use(FIRST);
        alternatives.use(SECOND);

        // when
        alternatives.forgetAll();

        // then
        assertThat(alternatives.isInDoubt(FIRST)).isFalse();
    }

    private static InetSocketAddress named(String name, int last) {
        try {
            return new InetSocketAddress(InetAddress.getByAddress(name, new byte[] {(byte) 192, 0, 2, (byte) last}), 443);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
