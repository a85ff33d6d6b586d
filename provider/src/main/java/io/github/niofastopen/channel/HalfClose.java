// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.channel;

import io.github.niofastopen.time.DeferralTimer;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;

/**
 * A half-close that was asked for while the SYN is unanswered. shutdown(2) would disconnect in that state
 * (net/ipv4/af_inet.c, inet_shutdown), so it is carried out as soon as the peer has been heard from. The application sees
 * the half-close at once.
 */
final class HalfClose {

    enum Direction { INPUT, OUTPUT }

    /** The JDK's shutdown of one direction. */
    interface Shutdown {
        void of(Direction direction) throws IOException;
    }

    /** How soon the kernel is asked for the peer's answer: nothing else would tell. */
    private static final long POLL_LEAST_MILLIS = 5;
    private static final long POLL_MOST_MILLIS = 250;
    private static final int POLLS_IN_TIME_WAITED = 16;

    private final Attempt attempt;
    private final Set<Direction> requested = EnumSet.noneOf(Direction.class);
    private Shutdown shutdown;
    private boolean polling;

    HalfClose(Attempt attempt) {
        this.attempt = attempt;
    }

    synchronized void request(Direction direction, Shutdown through) {
        requested.add(direction);
        shutdown = through;
        if (!polling) {
            polling = pollLater(POLL_LEAST_MILLIS);
        }
    }

    /** The rarer, the longer it takes, so that many silent peers cost little. */
    private boolean pollLater(long millis) {
        return DeferralTimer.after(millis, () -> poll(Math.min(millis + 1 + millis / POLLS_IN_TIME_WAITED, POLL_MOST_MILLIS))) != null;
    }

    synchronized boolean isRequested(Direction direction) {
        return requested.contains(direction);
    }

    private void poll(long nextMillis) {
        if (!attempt.poll().awaitsPeer()) {
            carryOut();
        } else if (!pollLater(nextMillis)) {
            synchronized (this) {
                polling = false;
            }
        }
    }

    /** The peer has answered, or never will: does what was asked for, if anything was. */
    void carryOut() {
        Set<Direction> directions;
        Shutdown through;
        synchronized (this) {
            if (shutdown == null) {
                return;
            }
            directions = EnumSet.copyOf(requested);
            through = shutdown;
            shutdown = null;
        }
        for (Direction direction : directions) {
            try {
                through.of(direction);
            } catch (IOException e) {
                // Closed meanwhile: both directions are shut.
            }
        }
    }
}
