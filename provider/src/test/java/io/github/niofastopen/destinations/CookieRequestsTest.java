// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.destinations;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.niofastopen.outcome.Outcome;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CookieRequestsTest {
    private static final InetSocketAddress REMOTE = at(1);
    private static final InetSocketAddress OTHER = at(2);
    private static final long FORGET_MILLIS = 600_000;
    private static final long PAUSE = TimeUnit.SECONDS.toNanos(1);
    private static final long ROUND_TRIP = TimeUnit.MILLISECONDS.toNanos(50);

    /** Close to the overflow that System.nanoTime may have. */
    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 1_000);
    private final CookieRequests requests = new CookieRequests(FORGET_MILLIS, clock::get);

    @Test
    void aDestinationIsAskedUntilThreeRequestsInARowHaveBroughtNothing() {
        assertThat(requests.isPaused(REMOTE)).isFalse();
        askInVain(2);
        assertThat(requests.isPaused(REMOTE)).isFalse();

        askInVain(1);

        assertThat(requests.isPaused(REMOTE)).isTrue();
    }

    @Test
    void onePortInVainDoesNotSilenceAnother() {
        askInVain(3);

        assertThat(requests.isPaused(new InetSocketAddress(REMOTE.getAddress(), REMOTE.getPort() + 1))).isFalse();
        assertThat(requests.isPaused(OTHER)).isFalse();
    }

    @Test
    void itIsAskedAgainAfterASecondByOneConnection() {
        askInVain(3);

        clock.addAndGet(PAUSE - 1);
        assertThat(requests.isPaused(REMOTE)).isTrue();
        clock.addAndGet(1);

        assertThat(requests.isPaused(REMOTE)).isFalse();
        requests.asking(REMOTE);
        assertThat(requests.isPaused(REMOTE)).isTrue();
    }

    /** It would count for one that was, and keep others from asking. */
    @Test
    void aQuestionIsNoRequest() {
        askInVain(3);
        clock.addAndGet(PAUSE);

        requests.isPaused(REMOTE);

        assertThat(requests.isPaused(REMOTE)).isFalse();
    }

    @Test
    void whatIsAskedAgainInVainIsAskedASecondLater() {
        askInVain(3);
        clock.addAndGet(PAUSE);

        askInVain(1);

        clock.addAndGet(PAUSE - 1);
        assertThat(requests.isPaused(REMOTE)).isTrue();
        clock.addAndGet(1);
        assertThat(requests.isPaused(REMOTE)).isFalse();
    }

    /** The first of them has fetched the cookie for all that follow. */
    @Test
    void connectsThatBeganTogetherCountAsOne() {
        long begun = clock.get();
        clock.addAndGet(ROUND_TRIP);

        for (int i = 0; i < 10; i++) {
            requests.learn(REMOTE, Outcome.NO_COOKIE, begun);
        }

        assertThat(requests.isPaused(REMOTE)).isFalse();
        askInVain(1);
        assertThat(requests.isPaused(REMOTE)).isFalse();
        askInVain(1);
        assertThat(requests.isPaused(REMOTE)).isTrue();
    }

    @Test
    void whereTheKernelHasNotAskedNothingIsLearned() {
        askInVain(3);

        requests.learn(REMOTE, Outcome.PAUSED_BY_KERNEL, clock.get());

        assertThat(requests.isPaused(REMOTE)).isTrue();
    }

    @ParameterizedTest
    @EnumSource(names = {"NO_COOKIE", "PAUSED_BY_KERNEL"}, mode = EnumSource.Mode.EXCLUDE)
    void anythingElseEndsTheRow(Outcome outcome) {
        askInVain(3);

        requests.learn(REMOTE, outcome, clock.get());

        assertThat(requests.isPaused(REMOTE)).isFalse();
        askInVain(2);
        assertThat(requests.isPaused(REMOTE)).isFalse();
    }

    @Test
    void whereNothingIsToBeRememberedEachConnectAsks() {
        CookieRequests forgetful = new CookieRequests(0, clock::get);

        for (int i = 0; i < 10; i++) {
            forgetful.learn(REMOTE, Outcome.NO_COOKIE, clock.get());
            assertThat(forgetful.isPaused(REMOTE)).isFalse();
        }
    }

    @Test
    void oneAddressOrAllCanBeForgotten() {
        askInVain(3);
        requests.forget(OTHER.getAddress());
        assertThat(requests.isPaused(REMOTE)).isTrue();

        requests.forget(REMOTE.getAddress());

        assertThat(requests.isPaused(REMOTE)).isFalse();
        askInVain(3);
        assertThat(requests.isPaused(REMOTE)).isTrue();
        requests.forgetAll();
        assertThat(requests.isPaused(REMOTE)).isFalse();
    }

    @Test
    void noMoreAddressesAreRememberedThanThereIsRoomFor() {
        IntStream.range(0, 3 * CookieRequests.MAX_REMEMBERED)
            .forEach(i -> requests.learn(at(i), Outcome.NO_COOKIE, clock.get()));

        assertThat(requests.size()).isPositive().isLessThanOrEqualTo(CookieRequests.MAX_REMEMBERED);
    }

    private void askInVain(int times) {
        for (int i = 0; i < times; i++) {
            long begun = clock.get();
            requests.asking(REMOTE);
            clock.addAndGet(ROUND_TRIP);
            requests.learn(REMOTE, Outcome.NO_COOKIE, begun);
        }
    }

    private static InetSocketAddress at(int i) {
        try {
            return new InetSocketAddress(
                InetAddress.getByAddress(new byte[] {10, (byte) (i >> 16), (byte) (i >> 8), (byte) i}), 443);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
