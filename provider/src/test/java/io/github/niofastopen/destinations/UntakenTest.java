// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.destinations;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class UntakenTest {
    private static final InetAddress LOCAL = PathMemoryTest.address("198.51.100.7");
    private static final InetAddress GONE = PathMemoryTest.address("198.51.100.8");
    private static final InetSocketAddress REMOTE = new InetSocketAddress("192.0.2.1", 443);
    private static final InetSocketAddress OTHER_PORT = new InetSocketAddress("192.0.2.1", 8443);

    /** Close to the overflow that System.nanoTime may have. */
    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 1_000);
    private final Untaken untaken = new Untaken(LOCAL::equals, clock::get);

    private void add(int times) {
        for (int i = 0; i < times; i++) {
            untaken.add(LOCAL, REMOTE);
        }
    }

    @Test
    void threeInARowMakeADestinationAvoided() {
        add(2);
        boolean afterTwo = untaken.avoids(REMOTE);
        add(1);

        assertThat(afterTwo).isFalse();
        assertThat(untaken.avoids(REMOTE)).isTrue();
        assertThat(untaken.avoids(OTHER_PORT)).isFalse();
    }

    @Test
    void oneThatIsTakenInBetweenBeginsAnew() {
        add(2);
        untaken.end(REMOTE);
        add(2);

        assertThat(untaken.avoids(REMOTE)).isFalse();
    }

    @Test
    void afterThePauseOneMoreIsEnoughForALongerOne() {
        add(3);
        clock.addAndGet(Pause.FIRST_NANOS);
        boolean over = !untaken.avoids(REMOTE);
        add(1);
        clock.addAndGet(2 * Pause.FIRST_NANOS - 1);

        assertThat(over).isTrue();
        assertThat(untaken.avoids(REMOTE)).isTrue();
    }

    @Test
    void whatWasMetFromAnAddressThatIsGoneIsOfNoAccount() {
        for (int i = 0; i < 3; i++) {
            untaken.add(GONE, REMOTE);
        }

        assertThat(untaken.avoids(REMOTE)).isFalse();
    }

    @Test
    void whatIsAvoidedCanBeListedAndForgotten() {
        List<PathMemory.Avoided> before = new ArrayList<>();
        List<PathMemory.Avoided> after = new ArrayList<>();
        add(3);

        untaken.addAvoided(before);
        untaken.forget(REMOTE.getAddress());
        untaken.addAvoided(after);

        assertThat(before).containsExactly(new PathMemory.Avoided(LOCAL, REMOTE.getAddress(), 443, 600));
        assertThat(after).isEmpty();
        assertThat(untaken.avoids(REMOTE)).isFalse();
    }
}
