// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.attempt;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How long this JVM holds a SYN back for a ClientHello. A hold that ends in one costs nothing: the handshake takes a round trip
 * from there. One that doesn't delays the connection by itself. So a cold or busy JVM, whose ClientHello may take seconds to
 * make, is given them until it has made its first; then as much as its holds have shown to be needed.
 *
 * <p>Safe for use by many threads; it has no lock.
 */
final class Window {
    /** A cold JVM with a quarter of a processor writes its first ClientHello after 1.3 seconds. */
    static final long MOST_MILLIS = 4000;
    static final long LEAST_MILLIS = 250;
    /** A ClientHello that takes so many times as long as others did is still waited for. */
    private static final int ROOM = 4;
    /** By how much the longest hold counts less with each that is shorter: it is halved by some ten of them. */
    private static final int FADING = 16;
    private static final long NOTHING_SEEN = -1;

    private final long fixedMillis;
    /** The longest hold of late, in ms. */
    private final AtomicLong longest = new AtomicLong(NOTHING_SEEN);

    /** @param fixedMillis how long always, in ms; 0 to learn it */
    Window(long fixedMillis) {
        this.fixedMillis = fixedMillis;
    }

    /**
     * How long a SYN is held back, in ms.
     *
     * @param hopeful whether a ClientHello is expected, and the destination hasn't begun with anything else of late
     */
    long millis(boolean hopeful) {
        if (fixedMillis > 0) {
            return fixedMillis;
        }
        if (!hopeful) {
            return LEAST_MILLIS;
        }
        long seen = longest.get();
        return seen == NOTHING_SEEN ? MOST_MILLIS : Math.max(LEAST_MILLIS, Math.min(MOST_MILLIS, ROOM * seen));
    }

    /** A ClientHello was written so long after connect, within the window or after it. */
    void learn(long heldMillis) {
        long before = longest.get();
        long now = Math.max(Math.min(heldMillis, MOST_MILLIS), before - (before + FADING - 1) / FADING);
        // Where another thread is faster, one of two holds that are as recent counts.
        longest.compareAndSet(before, now);
    }
}
