// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.attempt;

import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;

/**
 * A half-close that was asked for while the SYN is unanswered. shutdown(2) would disconnect in that state
 * (net/ipv4/af_inet.c, inet_shutdown), so it is carried out as soon as the peer has been heard from. The application sees
 * the half-close at once.
 */
public final class HalfClose {

    /** A direction of a connection. */
    public enum Direction { INPUT, OUTPUT }

    private final Endpoint endpoint;

    // -- Protected by this object's monitor, under which nothing is called

    private final Set<Direction> requested = EnumSet.noneOf(Direction.class);
    private final Set<Direction> owed = EnumSet.noneOf(Direction.class);

    HalfClose(Endpoint endpoint) {
        this.endpoint = endpoint;
    }

    synchronized void request(Direction direction) {
        requested.add(direction);
        owed.add(direction);
    }

    public synchronized boolean isRequested(Direction direction) {
        return requested.contains(direction);
    }

    synchronized boolean isOwed() {
        return !owed.isEmpty();
    }

    /** The peer has answered, or never will: does what was asked for, if anything was. */
    void carryOut() {
        for (Direction direction : takeOwed()) {
            try {
                endpoint.shutDown(direction);
            } catch (IOException | RuntimeException e) {
                // Closed meanwhile, or never connected: both directions are shut.
            }
        }
    }

    private synchronized Set<Direction> takeOwed() {
        if (owed.isEmpty()) {
            return Set.of();
        }
        Set<Direction> taken = EnumSet.copyOf(owed);
        owed.clear();
        return taken;
    }
}
