// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.destinations;

import java.net.InetAddress;
import java.net.InetSocketAddress;

/** How long first flights are, and what SYNs to their destinations hold: whether a connect is worth being held back. */
public final class FirstFlights {
    private final Flights flights;
    private final SynRooms synRooms;
    /** Null until key shares are predicted. */
    private volatile ServerRooms serverRooms;

    FirstFlights(Flights flights, SynRooms synRooms) {
        this.flights = flights;
        this.synRooms = synRooms;
    }

    /** What SYNs to servers hold: begins to be remembered with the first call. */
    public synchronized Rooms serverRooms() {
        if (serverRooms == null) {
            serverRooms = new ServerRooms(flights, synRooms);
        }
        return serverRooms;
    }

    /** Whether the last flight to a destination was longer than a SYN to there holds. */
    boolean areTooLarge(InetSocketAddress remote) {
        return flights.isTooLarge(remote);
    }

    /**
     * Whether this JVM's flights, whatever their destinations, have been longer of late than a SYN to this one holds, of which
     * nothing is known. Where key shares are predicted nothing is expected: they make flights shorter, one destination after another.
     */
    boolean areExpectedToBeTooLarge(InetSocketAddress remote) {
        int length = serverRooms == null ? flights.expectedLength(remote) : 0;
        return length > 0 && length > synRooms.towards(remote.getAddress());
    }

    /**
     * A first flight was sent in a SYN that was held back.
     *
     * @param taken how much of it the SYN has held
     */
    public void learn(InetSocketAddress remote, int length, int taken) {
        flights.learn(remote, length, taken);
    }

    /** A first flight was sent by an ordinary connection, since it was taken to be too long for a SYN. */
    public void learnUntried(InetSocketAddress remote, int length) {
        int room = flights.room(remote);
        flights.learn(remote, length, room == SynRooms.UNKNOWN ? synRooms.towards(remote.getAddress()) : room);
    }

    /** The kernel holds back the SYN of a connect. */
    public void held(InetSocketAddress remote) {
        ServerRooms rooms = serverRooms;
        if (rooms != null) {
            rooms.held(remote);
        }
    }

    /** A connect is an ordinary one, for another reason than that flights to there are too long. */
    public void notHeld(InetSocketAddress remote) {
        ServerRooms rooms = serverRooms;
        if (rooms != null) {
            rooms.notHeld(remote);
        }
    }

    void forget(InetAddress address) {
        flights.forget(address);
    }

    void forgetAll() {
        flights.forgetAll();
        synRooms.forgetAll();
        ServerRooms rooms = serverRooms;
        if (rooms != null) {
            rooms.forgetAll();
        }
    }
}
