package io.github.niofastopen.channel;

import io.github.niofastopen.deferral.DeferralTimer;
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

    /** How often the kernel is asked for the peer's answer: nothing else would tell. */
    private static final long POLL_MILLIS = 5;

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
            polling = true;
            DeferralTimer.after(POLL_MILLIS, this::poll);
        }
    }

    synchronized boolean isRequested(Direction direction) {
        return requested.contains(direction);
    }

    private void poll() {
        if (attempt.poll().awaitsPeer()) {
            DeferralTimer.after(POLL_MILLIS, this::poll);
        } else {
            carryOut();
        }
    }

    /** The peer has answered, or never will: does what was asked for, if anything was. */
    void carryOut() {
        Set<Direction> directions;
        Shutdown through;
        synchronized (this) {
            directions = EnumSet.copyOf(requested);
            through = shutdown;
            shutdown = null;
        }
        if (through != null) {
            for (Direction direction : directions) {
                try {
                    through.of(direction);
                } catch (IOException e) {
                    // Closed meanwhile: both directions are shut.
                }
            }
        }
    }
}
