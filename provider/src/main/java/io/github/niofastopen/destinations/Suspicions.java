// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.destinations;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Destinations whose connections may have been lost because of what their SYN carried. While one is under suspicion, its
 * connections are ordinary ones, and the first that comes to anything decides. A server that is just as silent to an ordinary
 * connection, or ends it as early, isn't suspected again for a {@link Pause}.
 *
 * <p>Safe for use by many threads; a question takes no lock.
 */
final class Suspicions {
    /** A suspicion that nothing decides doesn't last: for as long as a path is avoided at first. */
    static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(10);

    private final LongSupplier nanoClock;
    private final Bounded<InetSocketAddress, Open> open = new Bounded<>();
    private final Bounded<InetSocketAddress, Pause> acquitted = new Bounded<>();

    /** @param nanoClock a clock as {@link System#nanoTime} */
    Suspicions(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
    }

    void suspect(InetSocketAddress remote, Suspicion suspicion) {
        if (!isAcquitted(remote)) {
            open.put(remote, new Open(suspicion, nanoClock.getAsLong()));
        }
    }

    /** The suspicion that a connection to a destination is to decide; null if there is none. */
    Suspicion of(InetSocketAddress remote) {
        Open found = open.isEmpty() ? null : open.get(remote);
        return found == null || nanoClock.getAsLong() - found.sinceNanos >= LONGEST_NANOS ? null : found.suspicion;
    }

    /** Whether silence and early ends are what this destination's connections are like, whatever their SYN carries. */
    boolean isAcquitted(InetSocketAddress remote) {
        Pause pause = acquitted.isEmpty() ? null : acquitted.get(remote);
        return pause != null && pause.isOn(nanoClock.getAsLong());
    }

    /** An ordinary connection fared better, or the path has been proven otherwise: nothing is left to decide. */
    void decide(InetSocketAddress remote) {
        open.remove(remote);
    }

    /** An ordinary connection fared no better. */
    void acquit(InetAddress local, InetSocketAddress remote) {
        open.remove(remote);
        if (local == null) {
            return;
        }
        Pause pause = acquitted.get(remote);
        if (pause == null) {
            pause = new Pause(local);
            acquitted.put(remote, pause);
        }
        pause.lengthen(nanoClock.getAsLong());
    }

    void forget(InetAddress address) {
        open.removeIf((destination, suspicion) -> destination.getAddress().equals(address));
        acquitted.removeIf((destination, pause) -> destination.getAddress().equals(address));
    }

    void forgetAll() {
        open.clear();
        acquitted.clear();
    }

    private static final class Open {
        private final Suspicion suspicion;
        private final long sinceNanos;

        Open(Suspicion suspicion, long sinceNanos) {
            this.suspicion = suspicion;
            this.sinceNanos = sinceNanos;
        }
    }
}
