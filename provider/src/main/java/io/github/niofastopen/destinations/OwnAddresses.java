// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.destinations;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;

/**
 * Knows this machine's own addresses: a connection to one of them crosses no network. Listing the interfaces takes a
 * dozen system calls, so the list is kept for a while; an address that is new meanwhile only costs a needless deferral.
 */
public final class OwnAddresses implements Predicate<InetAddress> {
    private static final long KEEP_NANOS = TimeUnit.SECONDS.toNanos(30);

    private volatile Snapshot snapshot;
    private final AtomicBoolean listing = new AtomicBoolean();
    private volatile Runnable onChange;

    /** What to do when the machine's addresses are found to have changed; it must not block. */
    public void onChange(Runnable action) {
        onChange = action;
    }

    @Override
    public boolean test(InetAddress address) {
        Snapshot last = snapshot;
        if (last == null) {
            last = list(Set.of());
        } else if (System.nanoTime() - last.taken >= KEEP_NANOS && listing.compareAndSet(false, true)) {
            try {
                last = list(last.addresses);
            } finally {
                listing.set(false);
            }
        }
        return last.addresses.contains(address);
    }

    private Snapshot list(Set<InetAddress> before) {
        Snapshot now = new Snapshot(listOr(before), System.nanoTime());
        snapshot = now;
        Runnable action = onChange;
        if (action != null && !before.isEmpty() && !routable(before).equals(routable(now.addresses))) {
            action.run();
        }
        return now;
    }

    /** Link-local addresses come and go with every container, and say nothing of the network. */
    private static Set<InetAddress> routable(Set<InetAddress> addresses) {
        Set<InetAddress> kept = new HashSet<>(addresses);
        kept.removeIf(InetAddress::isLinkLocalAddress);
        return kept;
    }

    /**
     * Without streams, which cost a cold JVM's first connect more than the list itself.
     *
     * @param unknown what to take for the list where none can be had: in a sandbox, or without a descriptor to spare
     */
    private static Set<InetAddress> listOr(Set<InetAddress> unknown) {
        try {
            Set<InetAddress> all = new HashSet<>();
            Enumeration<NetworkInterface> interfaces = NetworkInterface.getNetworkInterfaces();
            while (interfaces.hasMoreElements()) {
                Enumeration<InetAddress> addresses = interfaces.nextElement().getInetAddresses();
                while (addresses.hasMoreElements()) {
                    all.add(addresses.nextElement());
                }
            }
            return all;
        } catch (SocketException e) {
            return unknown;
        }
    }

    private record Snapshot(Set<InetAddress> addresses, long taken) {
    }
}
