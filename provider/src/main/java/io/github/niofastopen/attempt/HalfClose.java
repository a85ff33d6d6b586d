// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.attempt;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

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

    // Each connection has one, and few ever half-close. The first EnumSet costs a cold JVM some ms

    private boolean inputRequested;
    private boolean outputRequested;
    private List<Direction> owed = List.of();

    HalfClose(Endpoint endpoint) {
        this.endpoint = endpoint;
    }

    synchronized void request(Direction direction) {
        if (direction == Direction.INPUT) {
            inputRequested = true;
        } else {
            outputRequested = true;
        }
        if (!owed.contains(direction)) {
            owed = new ArrayList<>(owed);
            owed.add(direction);
        }
    }

    public synchronized boolean isRequested(Direction direction) {
        return direction == Direction.INPUT ? inputRequested : outputRequested;
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

    private synchronized List<Direction> takeOwed() {
        List<Direction> taken = owed;
        owed = List.of();
        return taken;
    }
}
