// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.destinations;

import io.github.niofastopen.config.Configuration;
import io.github.niofastopen.config.DestinationList;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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

    /** What a connection attempt is to do. */
    public enum Decision {
        /** An ordinary connect; what comes after it is of no interest. */
        LEAVE_ALONE,
        /** An ordinary connect; the first bytes tell whether the next one may be deferred. */
        WATCH,
        /** Deferred, if the kernel has a cookie. */
        DEFER
    }

    /** Bounds the memory's size; a JVM that talks to more destinations forgets some of them. */
    static final int MAX_REMEMBERED = 4096;

    private final Configuration.Defer defer;
    private final Set<Integer> tlsPorts;
    private final DestinationList include;
    private final DestinationList exclude;
    private final boolean loopback;
    private final long forgetNanos;
    private final Predicate<InetAddress> ownAddress;
    private final LongSupplier nanoClock;
    private final Map<Destination, Seen> seen = new ConcurrentHashMap<>();

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

    /** What to do with a connection to a destination. */
    public Decision decide(InetSocketAddress remote) {
        if (defer == Configuration.Defer.NEVER || !loopback && isLoopback(remote.getAddress()) || !isListed(remote)) {
            return Decision.LEAVE_ALONE;
        }
        if (defer == Configuration.Defer.EXPECTED && !expectsClientHello(remote)) {
            return Decision.WATCH;
        }
        return loopback || !ownAddress.test(remote.getAddress()) ? Decision.DEFER : Decision.LEAVE_ALONE;
    }

    /** Whether a connection's first bytes can tell anything that isn't remembered yet. */
    public boolean learnsFrom(InetSocketAddress remote) {
        if (defer != Configuration.Defer.EXPECTED) {
            return false;
        }
        Seen last = seen.get(new Destination(remote));
        return last == null || !last.clientHello;
    }

    /** A connection's first write was a ClientHello. */
    public void beganWithClientHello(InetSocketAddress remote) {
        remember(remote, Seen.CLIENT_HELLO);
    }

    /**
     * A connection turned out not to begin with a ClientHello: the server spoke first, the first write was something
     * else, or nothing was written in time.
     */
    public void beganOtherwise(InetSocketAddress remote) {
        remember(remote, new Seen(false, nanoClock.getAsLong() + forgetNanos));
    }

    /** What was seen of one destination. */
    public record Remembered(InetSocketAddress destination, boolean clientHello) {
    }

    /** What was seen of destinations, as far as it still counts. */
    public List<Remembered> remembered() {
        long now = nanoClock.getAsLong();
        List<Remembered> list = new ArrayList<>();
        seen.forEach((destination, what) -> {
            if (what.clientHello || now - what.expiry < 0) {
                list.add(new Remembered(new InetSocketAddress(destination.address, destination.port), what.clientHello));
            }
        });
        return list;
    }

    /** Forgets what was seen at an address. */
    public void forget(InetAddress address) {
        seen.keySet().removeIf(destination -> destination.address.equals(address));
    }

    /** Forgets what was seen: another network may have other services at the same addresses. */
    public void forgetAll() {
        seen.clear();
    }

    private boolean isListed(InetSocketAddress remote) {
        return (include.isEmpty() || include.contains(remote)) && !exclude.contains(remote);
    }

    int size() {
        return seen.size();
    }

    private boolean expectsClientHello(InetSocketAddress remote) {
        Destination destination = new Destination(remote);
        Seen last = seen.get(destination);
        if (last != null && !last.clientHello && nanoClock.getAsLong() - last.expiry >= 0) {
            seen.remove(destination, last);
            last = null;
        }
        return last == null ? tlsPorts.contains(remote.getPort()) : last.clientHello;
    }

    private void remember(InetSocketAddress remote, Seen what) {
        if (defer != Configuration.Defer.EXPECTED) {
            return;
        }
        Destination destination = new Destination(remote);
        if (seen.get(destination) != what) {
            seen.put(destination, what);
            if (seen.size() > MAX_REMEMBERED) {
                forgetOneOtherThan(destination);
            }
        }
    }

    /** The map's order is that of hash codes: which entry goes is as good as random, and costs no bookkeeping on connect. */
    private void forgetOneOtherThan(Destination destination) {
        Iterator<Destination> oldest = seen.keySet().iterator();
        while (oldest.hasNext()) {
            if (!oldest.next().equals(destination)) {
                oldest.remove();
                return;
            }
        }
    }

    /** connect(2) to the wildcard address is a connection to loopback, as {@code SocketChannelImpl.checkRemote} has it. */
    private static boolean isLoopback(InetAddress address) {
        return address.isLoopbackAddress() || address.isAnyLocalAddress();
    }

    private record Destination(InetAddress address, int port) {
        Destination(InetSocketAddress remote) {
            this(remote.getAddress(), remote.getPort());
        }

        /** By hand: to link what a record has by itself costs the first connect of a cold JVM milliseconds (ObjectMethods). */
        @Override
        public boolean equals(Object other) {
            return other instanceof Destination && port == ((Destination) other).port
                && address.equals(((Destination) other).address);
        }

        @Override
        public int hashCode() {
            return 31 * address.hashCode() + port;
        }
    }

    private static final class Seen {
        static final Seen CLIENT_HELLO = new Seen(true, 0);

        final boolean clientHello;
        final long expiry;

        Seen(boolean clientHello, long expiry) {
            this.clientHello = clientHello;
            this.expiry = expiry;
        }
    }
}
