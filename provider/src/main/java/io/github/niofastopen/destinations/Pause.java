// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.destinations;

import java.net.InetAddress;
import java.util.concurrent.TimeUnit;

/**
 * A time in which Fast Open isn't tried, because of what connections from a local address have met: ten minutes, and twice
 * as long each time that it fails again, up to a day. When it is over, one connection tries. Where the first failure may have
 * been chance, it is a minute before that, or as long as until an ordinary connection loses something, too.
 *
 * <p>Safe for use by many threads.
 */
final class Pause {
    static final long DOUBT_NANOS = TimeUnit.MINUTES.toNanos(1);
    static final long FIRST_NANOS = TimeUnit.MINUTES.toNanos(10);
    static final long LONGEST_NANOS = TimeUnit.HOURS.toNanos(24);
    /** How long others keep out of the way of the one connection that tries again. */
    static final long TRIAL_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final InetAddress local;

    // -- Protected by this object's monitor

    private long lengthNanos;
    private long doubtedSince;
    private long end;
    private boolean trial;

    Pause(InetAddress local) {
        this.local = local;
    }

    /** One that began with the last of several failures in a row. */
    Pause(InetAddress local, int failures, long last) {
        this.local = local;
        lengthNanos = FIRST_NANOS;
        for (int i = 1; i < failures && lengthNanos < LONGEST_NANOS; i++) {
            lengthNanos = doubled(lengthNanos);
        }
        end = last + lengthNanos;
    }

    private static long doubled(long nanos) {
        return Math.min(2 * nanos, LONGEST_NANOS);
    }

    InetAddress local() {
        return local;
    }

    /**
     * A failure. Those that were under way when the pause began are part of the one that began it, unless that may have been chance.
     *
     * @return whether it was another one
     */
    synchronized boolean lengthen(long now) {
        boolean another = isAnother(now) || lengthNanos < FIRST_NANOS;
        if (another) {
            begin(now, Math.max(FIRST_NANOS, doubled(lengthNanos)));
        }
        return another;
    }

    /**
     * A failure that may be chance, unless others came before it: then it is one like them. Those that were under way when the doubt
     * began are part of it.
     *
     * @param begun when the connection began that has failed
     */
    synchronized void doubt(long now, long begun) {
        if (lengthNanos == 0) {
            doubtedSince = now;
            begin(now, DOUBT_NANOS);
        } else if (isAnother(now) && (lengthNanos > DOUBT_NANOS || begun - doubtedSince >= 0)) {
            lengthen(now);
        }
    }

    /** Whether it is on for what may have been chance, and nothing but time is awaited. */
    synchronized boolean isDoubt(long now) {
        return lengthNanos == DOUBT_NANOS && isOn(now) && !trial;
    }

    /** What it is on for was chance, it seems: one connection tries at once, and a failure then is none. */
    synchronized void endDoubt(long now) {
        if (isDoubt(now)) {
            end = now;
        }
    }

    private boolean isAnother(long now) {
        return lengthNanos == 0 || trial || !isOn(now);
    }

    private void begin(long now, long nanos) {
        lengthNanos = nanos;
        end = now + nanos;
        trial = false;
    }

    synchronized boolean isOn(long now) {
        return now - end < 0;
    }

    /** How long it is still on, in seconds. */
    synchronized long seconds(long now) {
        return TimeUnit.NANOSECONDS.toSeconds(end - now);
    }

    /** Whether the caller is the one to try; others are told to wait until it may be known what came of it. */
    synchronized boolean beginTrial(long now) {
        if (isOn(now)) {
            return false;
        }
        end = now + TRIAL_NANOS;
        trial = true;
        return true;
    }

    /** The one that was to try has come to nothing: the next may. */
    synchronized void endTrial(long now) {
        if (trial) {
            end = now;
            trial = false;
        }
    }
}
