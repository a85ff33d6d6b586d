// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.destinations;

import io.github.niofastopen.linux.Privileged;
import io.github.niofastopen.linux.Route;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.security.PrivilegedAction;

/**
 * Finds a route where a sandbox refuses netlink: only an address of its own can be bound by a machine, unless it is set to bind
 * any ({@code net.ipv4.ip_nonlocal_bind}); then all count as its own, and nothing is deferred.
 */
final class RouteByBinding implements PrivilegedAction<Route> {
    /** To connect a datagram socket sends nothing, whatever the port. */
    private static final int ANY_PORT = 9;

    private final InetAddress address;
    private IOException failure;

    private RouteByBinding(InetAddress address) {
        this.address = address;
    }

    /** @throws IOException if there is no socket to ask by */
    static Route to(InetAddress address) throws IOException {
        RouteByBinding question = new RouteByBinding(address);
        Route route = Privileged.get(question);
        if (question.failure != null) {
            throw question.failure;
        }
        return route;
    }

    @Override
    public Route run() {
        try (DatagramChannel bound = open(); DatagramChannel connected = open()) {
            return new Route(sourceBy(connected), isBound(bound));
        } catch (IOException e) {
            failure = e;
            return null;
        }
    }

    private DatagramChannel open() throws IOException {
        return DatagramChannel.open(address instanceof Inet6Address ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET);
    }

    private boolean isBound(DatagramChannel channel) {
        try {
            channel.bind(new InetSocketAddress(address, 0));
            return true;
        } catch (IOException | SecurityException e) {
            return false;
        }
    }

    private InetAddress sourceBy(DatagramChannel channel) {
        try {
            channel.connect(new InetSocketAddress(address, ANY_PORT));
            return ((InetSocketAddress) channel.getLocalAddress()).getAddress();
        } catch (IOException | SecurityException e) {
            return null;
        }
    }
}
