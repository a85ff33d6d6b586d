// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.destinations;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SuspicionsTest {
    private static final InetAddress LOCAL = PathMemoryTest.address("198.51.100.7");
    private static final InetSocketAddress REMOTE = new InetSocketAddress("192.0.2.1", 443);
    private static final InetSocketAddress OTHER_PORT = new InetSocketAddress("192.0.2.1", 8443);

    /** Close to the overflow that System.nanoTime may have. */
    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 1_000);
    private final Suspicions suspicions = new Suspicions(clock::get);
    private final Suspicion suspicion = new Suspicion(LOCAL, false, 5);

    @Test
    void aDestinationIsUnderSuspicionUntilThatIsDecided() {
        Suspicion before = suspicions.of(REMOTE);
        suspicions.suspect(REMOTE, suspicion);
        Suspicion meanwhile = suspicions.of(REMOTE);
        suspicions.decide(REMOTE);

        assertThat(before).isNull();
        assertThat(meanwhile).isSameAs(suspicion);
        assertThat(suspicions.of(REMOTE)).isNull();
        assertThat(suspicions.isAcquitted(REMOTE)).isFalse();
    }

    @Test
    void itIsOneOfAServerAndNotOfItsHost() {
        suspicions.suspect(REMOTE, suspicion);

        assertThat(suspicions.of(OTHER_PORT)).isNull();
    }

    @Test
    void aSuspicionThatNothingDecidesEnds() {
        suspicions.suspect(REMOTE, suspicion);

        clock.addAndGet(Suspicions.LONGEST_NANOS - 1);
        Suspicion justBefore = suspicions.of(REMOTE);
        clock.addAndGet(1);

        assertThat(justBefore).isSameAs(suspicion);
        assertThat(suspicions.of(REMOTE)).isNull();
    }

    @Test
    void whoeverIsAcquittedIsNotSuspectedAgainForAWhile() {
        suspicions.suspect(REMOTE, suspicion);
        suspicions.acquit(LOCAL, REMOTE);

        suspicions.suspect(REMOTE, suspicion);
        Suspicion atOnce = suspicions.of(REMOTE);
        clock.addAndGet(Pause.FIRST_NANOS);
        suspicions.suspect(REMOTE, suspicion);

        assertThat(atOnce).isNull();
        assertThat(suspicions.of(REMOTE)).isSameAs(suspicion);
    }

    @Test
    void theWhileIsLongerEachTime() {
        suspicions.acquit(LOCAL, REMOTE);
        clock.addAndGet(Pause.FIRST_NANOS);
        suspicions.acquit(LOCAL, REMOTE);

        clock.addAndGet(Pause.FIRST_NANOS);
        boolean afterAsLong = suspicions.isAcquitted(REMOTE);
        clock.addAndGet(Pause.FIRST_NANOS);

        assertThat(afterAsLong).isTrue();
        assertThat(suspicions.isAcquitted(REMOTE)).isFalse();
    }

    @Test
    void allOfAHostIsForgotten() {
        suspicions.suspect(REMOTE, suspicion);
        suspicions.acquit(LOCAL, OTHER_PORT);

        suspicions.forget(REMOTE.getAddress());

        assertThat(suspicions.of(REMOTE)).isNull();
        assertThat(suspicions.isAcquitted(OTHER_PORT)).isFalse();
    }
}
