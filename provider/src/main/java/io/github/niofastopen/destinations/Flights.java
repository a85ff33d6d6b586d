// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.destinations;

import io.github.niofastopen.config.Configuration;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Which destinations' first flights are longer than what one SYN to there holds: nobody can answer a part of one, so that to
 * defer their connects saves nothing. What counts is the last flight to each, for a time; and for destinations of which nothing
 * is known, the shortest of the last ones in a row, whatever their destinations, that were too long.
 *
 * <p>Safe for use by many threads; a question takes no lock.
 */
final class Flights {
    /** From so many in a row on, a JVM's flights are taken to be too long for unknown destinations, too. */
    static final int IN_A_ROW = 3;
    private static final Row NONE = new Row(0, Integer.MAX_VALUE, 0);

    /** Whether anything is learned: where every destination is to be deferred, nothing is. */
    private final boolean learning;
    private final long keepNanos;
    private final LongSupplier nanoClock;
    private final Bounded<Destination, Flight> last = new Bounded<>();
    private volatile Row row = NONE;

    Flights(Configuration configuration, LongSupplier nanoClock) {
        this.learning = configuration.defer() == Configuration.Defer.EXPECTED;
        this.keepNanos = TimeUnit.MILLISECONDS.toNanos(configuration.forgetMillis());
        this.nanoClock = nanoClock;
    }

    /** Whether the last flight to a destination was longer than a SYN to there holds. */
    boolean isTooLarge(InetSocketAddress remote) {
        Flight flight = last.isEmpty() ? null : valid(remote);
        return flight != null && flight.isTooLarge();
    }

    /** What one SYN to a destination holds, if flights have shown that; otherwise {@link SynRooms#UNKNOWN}. */
    int room(InetSocketAddress remote) {
        Flight flight = valid(remote);
        return flight == null ? SynRooms.UNKNOWN : flight.room;
    }

    /** How long flights of this JVM are at least, as far as that is to be expected; 0 if not. */
    int expectedLength(InetSocketAddress remote) {
        Row now = row;
        return now.count < IN_A_ROW || isOver(now.expiry) || valid(remote) != null ? 0 : now.shortest;
    }

    /** A flight to a destination was that long; one SYN holds {@code room}, or more where it has held all of the flight. */
    void learn(InetSocketAddress remote, int length, int room) {
        if (!learning || length <= room && row == NONE && last.isEmpty()) {
            return;
        }
        Destination destination = new Destination(remote);
        Flight before = valid(remote);
        boolean fits = length <= room;
        if (!fits || before != null && before.isTooLarge()) {
            // Not longer for those that follow: sooner or later there is to be another look.
            long expiry = before == null ? nanoClock.getAsLong() + keepNanos : before.expiry;
            last.put(destination, new Flight(remote.getHostString(), length, room, expiry));
        }
        learnRow(length, fits);
    }

    private synchronized void learnRow(int length, boolean fits) {
        Row before = isOver(row.expiry) ? NONE : row;
        row = fits ? NONE : new Row(Math.min(IN_A_ROW, before.count + 1), Math.min(length, before.shortest), nanoClock.getAsLong() + keepNanos);
    }

    /** Flights to a server are shorter from now on. */
    void expectShorter(Server server) {
        for (Map.Entry<Destination, Flight> entry : last.copy().entrySet()) {
            Flight flight = entry.getValue();
            if (flight.isTooLarge() && server.equals(new Server(flight.host, entry.getKey().port()))) {
                last.replace(entry.getKey(), flight, new Flight(flight.host, 0, flight.room, flight.expiry));
            }
        }
    }

    void forget(InetAddress address) {
        last.removeIf((destination, flight) -> destination.address().equals(address));
    }

    void forgetAll() {
        last.clear();
        row = NONE;
    }

    int size() {
        return last.copy().size();
    }

    private Flight valid(InetSocketAddress remote) {
        Flight flight = last.get(new Destination(remote));
        return flight == null || isOver(flight.expiry) ? null : flight;
    }

    private boolean isOver(long expiry) {
        return nanoClock.getAsLong() - expiry >= 0;
    }

    private static final class Flight {
        private final String host;
        private final int length;
        private final int room;
        private final long expiry;

        Flight(String host, int length, int room, long expiry) {
            this.host = host;
            this.length = length;
            this.room = room;
            this.expiry = expiry;
        }

        boolean isTooLarge() {
            return length > room;
        }
    }

    /** Flights in a row that were too long. */
    private static final class Row {
        private final int count;
        private final int shortest;
        private final long expiry;

        Row(int count, int shortest, long expiry) {
            this.count = count;
            this.shortest = shortest;
            this.expiry = expiry;
        }
    }
}
