// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.destinations;

import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * What SYNs to servers hold, of those to which the last connect was held back: there alone a shorter flight saves anything.
 * Servers are found by the name, or the literal, that the connect's address bears.
 */
final class ServerRooms implements Rooms {
    private final Flights flights;
    private final SynRooms rooms;
    private final Bounded<Server, InetAddress> heldBack = new Bounded<>();

    ServerRooms(Flights flights, SynRooms rooms) {
        this.flights = flights;
        this.rooms = rooms;
    }

    /** The kernel holds a SYN to there back. */
    void held(InetSocketAddress remote) {
        Server server = server(remote);
        if (!remote.getAddress().equals(heldBack.get(server))) {
            heldBack.put(server, remote.getAddress());
        }
    }

    /** A connect to there is an ordinary one, for another reason than that flights are too long. */
    void notHeld(InetSocketAddress remote) {
        if (!heldBack.isEmpty()) {
            heldBack.remove(server(remote));
        }
    }

    private static Server server(InetSocketAddress remote) {
        return new Server(remote.getHostString(), remote.getPort());
    }

    @Override
    public boolean areTooSmall(String host, int port, int length) {
        InetAddress address = heldBack.get(new Server(host, port));
        return address != null && length > room(new InetSocketAddress(address, port));
    }

    private int room(InetSocketAddress remote) {
        int seen = flights.room(remote);
        return seen == SynRooms.UNKNOWN ? rooms.towards(remote.getAddress()) : seen;
    }

    @Override
    public void expectShorter(String host, int port) {
        flights.expectShorter(new Server(host, port));
    }

    void forgetAll() {
        heldBack.clear();
    }
}
