// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.destinations;

import io.github.niofastopen.config.DestinationList;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The servers of which an operator says that they take the data of a SYN without a cookie (RFC 7413, 4.1.3: where spoofed
 * addresses are kept out by other means). One that doesn't is asked for a cookie as any other, for a while.
 *
 * <p>Safe for use by many threads; a question takes no lock.
 */
final class CookielessServers {
    private final DestinationList vouchedFor;
    private final long forgetNanos;
    private final LongSupplier nanoClock;
    /** When each was found to want one. */
    private final Bounded<InetSocketAddress, Long> insisting = new Bounded<>();

    /**
     * @param forgetMillis for how long to remember who wants a cookie all the same, in ms
     * @param nanoClock a clock as {@link System#nanoTime}
     */
    CookielessServers(DestinationList vouchedFor, long forgetMillis, LongSupplier nanoClock) {
        this.vouchedFor = vouchedFor;
        this.forgetNanos = TimeUnit.MILLISECONDS.toNanos(forgetMillis);
        this.nanoClock = nanoClock;
    }

    /** Whether the SYN of a connect to a destination needs no cookie for its data. */
    boolean contain(InetSocketAddress remote) {
        return !vouchedFor.isEmpty() && vouchedFor.contains(remote) && !insists(remote);
    }

    private boolean insists(InetSocketAddress remote) {
        Long since = insisting.get(remote);
        return since != null && nanoClock.getAsLong() - since < forgetNanos;
    }

    /** A server has not acknowledged the data of a SYN without a cookie. */
    void learnInsists(InetSocketAddress remote) {
        insisting.put(remote, nanoClock.getAsLong());
    }

    void forget(InetAddress remote) {
        insisting.removeIf((destination, since) -> destination.getAddress().equals(remote));
    }

    void forgetAll() {
        insisting.clear();
    }
}
