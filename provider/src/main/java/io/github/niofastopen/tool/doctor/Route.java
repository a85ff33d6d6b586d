// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.tool.doctor;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A way off this machine: an interface that is up, and one of the families of its addresses. */
record Route(String interfaceName, boolean ipv6, int mtu) {
    private static final int IPV4_HEADER = 20;
    private static final int IPV6_HEADER = 40;
    private static final int TCP_HEADER = 20;
    /** The space that TCP's options may take, whatever they do take (net/ipv4/tcp_output.c, tcp_send_syn_data). */
    private static final int OPTION_SPACE = 40;

    /** How much data one SYN holds at most; less where a peer or the path has a smaller MTU. */
    int synRoom() {
        return mtu - (ipv6 ? IPV6_HEADER : IPV4_HEADER) - TCP_HEADER - OPTION_SPACE;
    }

    String inWords() {
        return (ipv6 ? "IPv6" : "IPv4") + " over " + interfaceName + ", MTU " + mtu;
    }

    /** Those of this machine, or of this container. */
    static List<Route> all() throws SocketException {
        List<Route> routes = new ArrayList<>();
        for (NetworkInterface each : Collections.list(NetworkInterface.getNetworkInterfaces())) {
            if (each.isUp() && !each.isLoopback()) {
                addRoutes(each, routes);
            }
        }
        return routes;
    }

    private static void addRoutes(NetworkInterface link, List<Route> routes) throws SocketException {
        for (boolean ipv6 : new boolean[] {false, true}) {
            if (link.getInterfaceAddresses().stream().map(InterfaceAddress::getAddress).anyMatch(address -> leadsOn(address, ipv6))) {
                routes.add(new Route(link.getName(), ipv6, link.getMTU()));
            }
        }
    }

    /** An IPv6 address of the link's own is on every interface, and leads no further. */
    private static boolean leadsOn(InetAddress address, boolean ipv6) {
        return address instanceof Inet6Address == ipv6 && !address.isLinkLocalAddress();
    }
}
