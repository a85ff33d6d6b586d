// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.destinations;

import io.github.niofastopen.outcome.Outcome;
import java.net.InetAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * How often a destination is asked for a cookie. Where three requests in a row have brought none, the next comes a second
 * later: to most servers, which don't know Fast Open, a connect costs what the JDK's does then. (The kernel keeps cookies by
 * address, as net/ipv4/tcp_metrics.c has it, so ports don't matter.)
 *
 * <p>Safe for use by many threads; a question takes no lock.
 */
public final class CookieRequests {
    static final int MAX_REMEMBERED = 4096;
    static final int REQUESTS_IN_VAIN = 3;
    static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final long pauseNanos;
    private final LongSupplier nanoClock;
    private final Map<InetAddress, Unanswered> unanswered = new ConcurrentHashMap<>();

    /**
     * @param forgetMillis for how long anything that speaks against Fast Open is remembered, in ms
     * @param nanoClock a clock as {@link System#nanoTime}
     */
    public CookieRequests(long forgetMillis, LongSupplier nanoClock) {
        this.pauseNanos = Math.min(PAUSE_NANOS, TimeUnit.MILLISECONDS.toNanos(forgetMillis));
        this.nanoClock = nanoClock;
    }

    /** Whether a connect may ask for a cookie, if the kernel has none. Where a pause is over, one may. */
    public boolean mayAsk(InetAddress remote) {
        Unanswered requests = unanswered.get(remote);
        return requests == null || pauseNanos == 0 || requests.mayFollow(nanoClock.getAsLong(), pauseNanos);
    }

    /**
     * What became of a connection that tried Fast Open.
     *
     * @param begunNanos when it began, by the same clock
     */
    public void learn(InetAddress remote, Outcome outcome, long begunNanos) {
        if (outcome == Outcome.NO_COOKIE) {
            if (unanswered.size() >= MAX_REMEMBERED) {
                unanswered.clear();
            }
            unanswered.computeIfAbsent(remote, first -> new Unanswered()).add(begunNanos, nanoClock.getAsLong());
        } else {
            unanswered.remove(remote);
        }
    }

    /** Forgets what an address didn't give. */
    public void forget(InetAddress remote) {
        unanswered.remove(remote);
    }

    /** Forgets what no address gave: the same addresses may be others' in another network. */
    public void forgetAll() {
        unanswered.clear();
    }

    int size() {
        return unanswered.size();
    }

    /** Requests of one destination that have brought no cookie. */
    private static final class Unanswered {
        private final AtomicInteger inARow = new AtomicInteger();
        private final AtomicLong lastNanos = new AtomicLong();

        /** One that began before the last was answered couldn't have a cookie yet. */
        synchronized void add(long begunNanos, long now) {
            if (inARow.get() == 0 || begunNanos - lastNanos.get() >= 0) {
                lastNanos.set(now);
                inARow.incrementAndGet();
            }
        }

        boolean mayFollow(long now, long pauseNanos) {
            long last = lastNanos.get();
            return inARow.get() < REQUESTS_IN_VAIN || now - last >= pauseNanos && lastNanos.compareAndSet(last, now);
        }
    }
}
