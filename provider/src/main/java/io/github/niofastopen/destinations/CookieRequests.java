// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.destinations;

import io.github.niofastopen.outcome.Outcome;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * How often a destination is asked for a cookie. Where three requests in a row have brought none, the next comes a second
 * later: to most servers, which don't know Fast Open, a connect costs what the JDK's does then. (The kernel keeps cookies by
 * address, net/ipv4/tcp_metrics.c, but it is a listener that grants them: one port in vain mustn't silence another.)
 *
 * <p>Safe for use by many threads; a question takes no lock.
 */
public final class CookieRequests {
    static final int MAX_REMEMBERED = 4096;
    static final int REQUESTS_IN_VAIN = 3;
    static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final long pauseNanos;
    private final LongSupplier nanoClock;
    private final Map<InetSocketAddress, Vain> inVain = new ConcurrentHashMap<>();

    /**
     * @param forgetMillis for how long at most to remember what speaks against Fast Open, in ms
     * @param nanoClock a clock as {@link System#nanoTime}
     */
    public CookieRequests(long forgetMillis, LongSupplier nanoClock) {
        this.pauseNanos = Math.min(PAUSE_NANOS, TimeUnit.MILLISECONDS.toNanos(forgetMillis));
        this.nanoClock = nanoClock;
    }

    /** Whether a connect isn't to ask for a cookie now. */
    public boolean isPaused(InetSocketAddress remote) {
        Vain requests = inVain.get(remote);
        return requests != null && requests.inARow.get() >= REQUESTS_IN_VAIN
            && nanoClock.getAsLong() - requests.lastNanos.get() < pauseNanos;
    }

    /** A connect is about to ask, if the kernel has no cookie: others are to wait until it may be known what came of it. */
    public void asking(InetSocketAddress remote) {
        Vain requests = inVain.get(remote);
        if (requests != null && requests.inARow.get() >= REQUESTS_IN_VAIN) {
            requests.lastNanos.set(nanoClock.getAsLong());
        }
    }

    /**
     * What became of a connection that tried Fast Open.
     *
     * @param begunNanos when it began, by the same clock
     */
    public void learn(InetSocketAddress remote, Outcome outcome, long begunNanos) {
        if (outcome == Outcome.PAUSED_BY_KERNEL) {
            // It wasn't asked.
            return;
        }
        if (outcome != Outcome.NO_COOKIE) {
            if (!inVain.isEmpty()) {
                inVain.remove(remote);
            }
            return;
        }
        Vain requests = inVain.get(remote);
        if (requests == null) {
            if (inVain.size() >= MAX_REMEMBERED) {
                inVain.clear();
            }
            requests = inVain.computeIfAbsent(remote, first -> new Vain());
        }
        requests.add(begunNanos, nanoClock.getAsLong());
    }

    /** Forgets what an address didn't give. */
    public void forget(InetAddress remote) {
        inVain.keySet().removeIf(destination -> destination.getAddress().equals(remote));
    }

    /** Forgets what nobody gave: the same addresses may be others' in another network. */
    public void forgetAll() {
        inVain.clear();
    }

    int size() {
        return inVain.size();
    }

    /** Requests of one destination that have brought no cookie. */
    private static final class Vain {
        final AtomicInteger inARow = new AtomicInteger();
        final AtomicLong lastNanos = new AtomicLong();

        /** One that began before the last was answered couldn't have a cookie yet. */
        synchronized void add(long begunNanos, long now) {
            if (inARow.get() == 0 || begunNanos - lastNanos.get() >= 0) {
                lastNanos.set(now);
                inARow.incrementAndGet();
            }
        }
    }
}
