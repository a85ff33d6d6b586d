// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.attempt;

import java.util.concurrent.TimeUnit;

/**
 * Until when the first answer to a first flight may come: it has its time from when the peer is known to have answered the
 * SYN, and as much again over the connection that takes the place of the first.
 */
final class Patience {
    private static final long NEVER_NANOS = Long.MAX_VALUE / 2;

    private final long millis;

    // -- Protected by this object's monitor, under which nothing is called

    private Phase of;
    private long dueNanos;
    private boolean extended;

    /** @param millis how long, 0 for ever */
    Patience(long millis) {
        this.millis = millis;
    }

    /** @return whether it begins now, with a time that is to be kept */
    synchronized boolean begins(Phase phase, long now) {
        if (phase == of) {
            return false;
        }
        of = phase;
        extended = false;
        dueNanos = now + (millis == 0 ? NEVER_NANOS : TimeUnit.MILLISECONDS.toNanos(millis));
        return millis > 0;
    }

    /** It lasts as long again, which it does once. @return whether it does, because of this call */
    synchronized boolean extend(Phase phase, long now) {
        if (phase != of || extended || dueNanos - now > 0) {
            return false;
        }
        extended = true;
        dueNanos = now + TimeUnit.MILLISECONDS.toNanos(millis);
        return true;
    }

    /** How long it still lasts, in ns; for long where it hasn't begun. */
    synchronized long nanosLeft(Phase phase, long now) {
        return phase == of ? dueNanos - now : NEVER_NANOS;
    }

    long millis() {
        return millis;
    }
}
