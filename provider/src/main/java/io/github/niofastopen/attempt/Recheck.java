// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.attempt;

import io.github.niofastopen.time.DeferralTimer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Looks whether a peer has answered that is owed something, since nobody else may be waiting for that. The longer it
 * takes, the rarer, so that many dead peers cost little.
 */
final class Recheck implements Runnable {
    private static final long LEAST_MILLIS = 2;
    private static final long MOST_MILLIS = 250;
    private static final int PART_OF_TIME_WAITED = 16;

    private final Attempt attempt;
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private volatile long beganNanos;

    Recheck(Attempt attempt) {
        this.attempt = attempt;
    }

    /** Looks soon, and again until nothing is owed. */
    void begin() {
        if (scheduled.compareAndSet(false, true)
                && DeferralTimer.after(millisUntilNext(), this) == null) {
            // No thread can be had: whoever polls next tries again.
            scheduled.set(false);
        }
    }

    @Override
    public void run() {
        scheduled.set(false);
        attempt.recheck();
    }

    private long millisUntilNext() {
        long now = System.nanoTime();
        if (beganNanos == 0) {
            beganNanos = now;
        }
        long waited = TimeUnit.NANOSECONDS.toMillis(now - beganNanos);
        return Math.max(waited == 0 ? Math.max(LEAST_MILLIS, attempt.rttMillis()) : LEAST_MILLIS, Math.min(MOST_MILLIS, waited / PART_OF_TIME_WAITED));
    }
}
