// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.destinations;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * Destinations that answer SYNs with data, take none of it, and lose it once more when it is sent after the handshake, as a
 * proxy in front of a server does that answers SYNs for it. That costs a time-out of the kernel's each time. After three in a
 * row a destination is avoided for a {@link Pause}.
 *
 * <p>Safe for use by many threads; a question takes no lock.
 */
final class Untaken {
    static final int IN_A_ROW = 3;

    private final Predicate<InetAddress> ownAddress;
    private final LongSupplier nanoClock;
    private final Bounded<InetSocketAddress, Row> rows = new Bounded<>();

    Untaken(Predicate<InetAddress> ownAddress, LongSupplier nanoClock) {
        this.ownAddress = ownAddress;
        this.nanoClock = nanoClock;
    }

    boolean avoids(InetSocketAddress remote) {
        Row row = rows.isEmpty() ? null : rows.get(remote);
        return row != null && row.length >= IN_A_ROW && row.pause.isOn(nanoClock.getAsLong()) && ownAddress.test(row.pause.local());
    }

    /** A connection's data was not taken, and that has cost time. */
    void add(InetAddress local, InetSocketAddress remote) {
        Row before = rows.get(remote);
        boolean goesOn = before != null && before.pause.local().equals(local);
        Row row = new Row(goesOn ? before.pause : new Pause(local), goesOn ? before.length + 1 : 1);
        if (row.length >= IN_A_ROW) {
            row.pause.lengthen(nanoClock.getAsLong());
        }
        rows.put(remote, row);
    }

    /** A connection's data was taken, or that it wasn't has cost nothing. */
    void end(InetSocketAddress remote) {
        if (!rows.isEmpty()) {
            rows.remove(remote);
        }
    }

    void addAvoided(List<PathMemory.Avoided> list) {
        long now = nanoClock.getAsLong();
        rows.copy().forEach((remote, row) -> {
            if (avoids(remote)) {
                list.add(new PathMemory.Avoided(row.pause.local(), remote.getAddress(), remote.getPort(), row.pause.seconds(now)));
            }
        });
    }

    void forget(InetAddress address) {
        rows.removeIf((destination, row) -> destination.getAddress().equals(address));
    }

    void forgetAll() {
        rows.clear();
    }

    private static final class Row {
        private final Pause pause;
        private final int length;

        Row(Pause pause, int length) {
            this.pause = pause;
            this.length = length;
        }
    }
}
