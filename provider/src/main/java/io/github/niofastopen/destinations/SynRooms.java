// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.destinations;

import io.github.niofastopen.linux.Link;
import io.github.niofastopen.linux.NetlinkUnavailableException;
import io.github.niofastopen.linux.Route;
import io.github.niofastopen.linux.TcpMetrics;
import io.github.niofastopen.linux.TcpMetricsTable;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How much data one SYN to a destination holds, as the kernel reckons it: by the route's MTU, or else the interface's, and by
 * what the destination has said that it takes in one segment. The answer is kept for a while.
 */
class SynRooms {
    /** Nothing is known that would bound it. */
    static final int UNKNOWN = Integer.MAX_VALUE;
    static final long KEEP_NANOS = TimeUnit.SECONDS.toNanos(30);

    private static final int IPV4_HEADER = 20;
    private static final int IPV6_HEADER = 40;
    private static final int TCP_HEADER = 20;
    /** What TCP's options may take, whatever they do take (net/ipv4/tcp_output.c, tcp_send_syn_data: MAX_TCP_OPTION_SPACE). */
    private static final int OPTIONS = 40;

    private final OwnAddresses ownAddresses;
    private final LongSupplier nanoClock;
    private final Bounded<InetAddress, Answer> answers = new Bounded<>();
    private volatile boolean unavailable;

    SynRooms(OwnAddresses ownAddresses, LongSupplier nanoClock) {
        this.ownAddresses = ownAddresses;
        this.nanoClock = nanoClock;
    }

    int towards(InetAddress remote) {
        Answer last = answers.get(remote);
        if (last != null && nanoClock.getAsLong() - last.nanos < KEEP_NANOS) {
            return last.room;
        }
        int room = unavailable ? UNKNOWN : ask(remote);
        answers.put(remote, new Answer(room, nanoClock.getAsLong()));
        return room;
    }

    private int ask(InetAddress remote) {
        try {
            int mtu = mtu(ownAddresses.route(remote));
            int headers = (remote instanceof Inet4Address ? IPV4_HEADER : IPV6_HEADER) + TCP_HEADER;
            int segment = Math.min(mtu == Route.UNKNOWN ? UNKNOWN : mtu - headers, segmentOf(remote));
            return segment == UNKNOWN ? UNKNOWN : segment - OPTIONS;
        } catch (NetlinkUnavailableException e) {
            unavailable = true;
            return UNKNOWN;
        } catch (IOException e) {
            // For want of a descriptor, which passes.
            return UNKNOWN;
        }
    }

    private int mtu(Route route) throws IOException {
        return route.mtu() != Route.UNKNOWN || route.interfaceIndex() == Route.UNKNOWN ? route.mtu() : mtuOf(route.interfaceIndex());
    }

    /** Overridden by tests. */
    int mtuOf(int interfaceIndex) throws IOException {
        return Link.mtu(interfaceIndex);
    }

    /** Overridden by tests. */
    int segmentOf(InetAddress remote) throws IOException {
        TcpMetrics metrics = TcpMetricsTable.of(remote).orElse(null);
        return metrics == null || metrics.mss() == 0 ? UNKNOWN : metrics.mss();
    }

    void forgetAll() {
        answers.clear();
    }

    private static final class Answer {
        private final int room;
        private final long nanos;

        Answer(int room, long nanos) {
            this.room = room;
            this.nanos = nanos;
        }
    }
}
