// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.destinations;

import io.github.niofastopen.config.Configuration;
import io.github.niofastopen.config.DestinationList;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * Decides which destinations are deferred: those where a ClientHello is expected. What a connection was seen to begin
 * with overrules what its port says by convention.
 *
 * <p>Safe for use by many threads; a decision takes no lock.
 */
public final class Destinations {

    private final Configuration.Defer defer;
    private final Set<Integer> tlsPorts;
    private final DestinationList include;
    private final DestinationList exclude;
    private final boolean loopback;
    private final long forgetNanos;
    private final Predicate<InetAddress> ownAddress;
    private final LongSupplier nanoClock;
    private final Bounded<Destination, Seen> seen = new Bounded<>();

    /**
     * @param ownAddress whether an address is this machine's own
     * @param nanoClock a clock as {@link System#nanoTime}
     */
    public Destinations(Configuration configuration, Predicate<InetAddress> ownAddress, LongSupplier nanoClock) {
        this.defer = configuration.defer();
        this.tlsPorts = configuration.tlsPorts();
        this.include = configuration.include();
        this.exclude = configuration.exclude();
        this.loopback = configuration.loopback();
        this.forgetNanos = TimeUnit.MILLISECONDS.toNanos(configuration.forgetMillis());
        this.ownAddress = ownAddress;
        this.nanoClock = nanoClock;
    }

    /** What to do with a connection to a destination: to leave it alone, to watch it, or to try. */
    public Verdict verdict(InetSocketAddress remote) {
        Verdict expected = expected(remote);
        if (expected != Verdict.TRY) {
            return expected;
        }
        return loopback || !ownAddress.test(remote.getAddress()) ? Verdict.TRY : Verdict.LEAVE_ALONE;
    }

    /** The same if the address isn't this machine's own, of which the kernel may have to be asked. */
    Verdict expected(InetSocketAddress remote) {
        if (defer == Configuration.Defer.NEVER || !loopback && isLoopback(remote.getAddress()) || !isListed(remote)) {
            return Verdict.LEAVE_ALONE;
        }
        return defer == Configuration.Defer.EXPECTED && !expectsClientHello(remote) ? Verdict.WATCH : Verdict.TRY;
    }

    /** Whether a connection's first bytes can tell anything that isn't remembered yet. */
    public boolean learnsFrom(InetSocketAddress remote) {
        if (defer != Configuration.Defer.EXPECTED) {
            return false;
        }
        Seen last = seen.get(new Destination(remote));
        return last == null || !last.expectsClientHello();
    }

    /** Whether a connection is expected to begin with a ClientHello, and none of late has begun with anything else, or nothing. */
    public boolean hopesForClientHello(InetSocketAddress remote) {
        Seen last = seen.get(new Destination(remote));
        return defer == Configuration.Defer.EXPECTED && (last == null || last.othersInARow == 0);
    }

    /** A connection has begun with something; told again where that is known better later. */
    public void learn(InetSocketAddress remote, FirstBytes first) {
        if (defer != Configuration.Defer.EXPECTED || first == FirstBytes.UNKNOWN) {
            return;
        }
        Destination destination = new Destination(remote);
        Seen before = seen.get(destination);
        Seen now = first == FirstBytes.CLIENT_HELLO ? Seen.oneHelloMoreThan(before)
            : Seen.oneOtherMoreThan(before == null ? expectedBefore(first, remote) : before, nanoClock.getAsLong() + forgetNanos);
        if (now != before) {
            seen.put(destination, now);
        }
    }

    /** Where TLS is usual, a pool that connects ahead and writes later is likelier than something else. */
    private Seen expectedBefore(FirstBytes first, InetSocketAddress remote) {
        return first == FirstBytes.LATE && tlsPorts.contains(remote.getPort()) ? Seen.EXPECTED : null;
    }

    /** What was seen of one destination. */
    public record Remembered(InetSocketAddress destination, boolean clientHello) {
    }

    /** What was seen of destinations, as far as it still counts. */
    public List<Remembered> remembered() {
        long now = nanoClock.getAsLong();
        List<Remembered> list = new ArrayList<>();
        seen.copy().forEach((destination, what) -> {
            if (what.expectsClientHello() || !what.isOver(now)) {
                list.add(new Remembered(new InetSocketAddress(destination.address(), destination.port()), what.expectsClientHello()));
            }
        });
        return list;
    }

    /** Forgets what was seen at an address. */
    public void forget(InetAddress address) {
        seen.removeIf((destination, what) -> destination.address().equals(address));
    }

    /** Forgets what was seen: another network may have other services at the same addresses. */
    public void forgetAll() {
        seen.clear();
    }

    private boolean isListed(InetSocketAddress remote) {
        return (include.isEmpty() || include.contains(remote)) && !exclude.contains(remote);
    }

    int size() {
        return seen.copy().size();
    }

    private boolean expectsClientHello(InetSocketAddress remote) {
        Destination destination = new Destination(remote);
        Seen last = seen.get(destination);
        if (last != null && !last.expectsClientHello() && last.isOver(nanoClock.getAsLong())) {
            seen.remove(destination, last);
            last = null;
        }
        return last == null ? tlsPorts.contains(remote.getPort()) : last.expectsClientHello();
    }

    /** connect(2) to the wildcard address is a connection to loopback, as {@code SocketChannelImpl.checkRemote} has it. */
    private static boolean isLoopback(InetAddress address) {
        return address.isLoopbackAddress() || address.isAnyLocalAddress();
    }

    /** With what connections have begun, of late: one that didn't begin with a ClientHello doesn't outweigh many that did. */
    private static final class Seen {
        /** More than so many in a row say no more. */
        private static final int MOST_HELLOS = 3;
        /** That of a destination that is met over and over: nothing is made for it then. */
        private static final Seen[] HELLOS = {null, new Seen(1, 0, 0), new Seen(2, 0, 0), new Seen(MOST_HELLOS, 0, 0)};
        /** One connection to which nothing was written in time doesn't outweigh it. */
        static final Seen EXPECTED = HELLOS[2];

        private final int hellos;
        private final int othersInARow;
        private final long expiry;

        private Seen(int hellos, int othersInARow, long expiry) {
            this.hellos = hellos;
            this.othersInARow = othersInARow;
            this.expiry = expiry;
        }

        static Seen oneHelloMoreThan(Seen before) {
            return HELLOS[before == null ? 1 : Math.min(MOST_HELLOS, before.hellos + 1)];
        }

        static Seen oneOtherMoreThan(Seen before, long expiry) {
            return before == null || !before.expectsClientHello() ? new Seen(0, 1, expiry)
                : new Seen(before.hellos, before.othersInARow + 1, expiry);
        }

        boolean expectsClientHello() {
            return othersInARow < hellos || othersInARow == 0;
        }

        /** Whether that no ClientHello is expected is of no account any more. */
        boolean isOver(long now) {
            return now - expiry >= 0;
        }
    }
}
