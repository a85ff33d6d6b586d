// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.destinations;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Which addresses have alternatives, and when they were heard from. An application that has several addresses for a name goes
 * on to the next where a connect fails; to it a deferred connect doesn't fail, so that a request would be lost to an address
 * that has died. Such a one is deferred only where it was heard from lately.
 *
 * <p>No resolver is asked: a name has several addresses if this JVM has connected to more than one of them in the last hour.
 *
 * <p>Safe for use by many threads; a question takes no lock.
 */
final class Alternatives {
    /** For how long an address that was heard from is as good as certain to live. */
    static final long CERTAIN_NANOS = TimeUnit.MINUTES.toNanos(1);
    static final long REMEMBERED_NANOS = TimeUnit.HOURS.toNanos(1);

    /** What is that much newer says nothing new; most connections then write nothing here. */
    private static final long NEGLIGIBLE_NANOS = CERTAIN_NANOS / 8;

    private final LongSupplier nanoClock;
    private final Bounded<String, Uses> names = new Bounded<>();
    private final Bounded<InetAddress, Long> heard = new Bounded<>();

    /** @param nanoClock a clock as {@link System#nanoTime} */
    Alternatives(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
    }

    /** Whether a destination has alternatives, and may have died since it was heard from. */
    boolean isInDoubt(InetSocketAddress remote) {
        Uses uses = names.get(remote.getHostString());
        long now = nanoClock.getAsLong();
        return uses != null && uses.includeOtherThan(remote.getAddress(), now) && !isCertain(remote.getAddress(), now);
    }

    private boolean isCertain(InetAddress address, long now) {
        Long last = heard.get(address);
        return last != null && now - last < CERTAIN_NANOS;
    }

    /** A connect to a destination begins. */
    void use(InetSocketAddress remote) {
        String name = remote.getHostString();
        Uses before = names.get(name);
        Uses now = Uses.one(remote.getAddress(), before, nanoClock.getAsLong());
        if (now != before) {
            names.put(name, now);
        }
    }

    /** There is a connection with an address. */
    void hear(InetAddress remote) {
        long now = nanoClock.getAsLong();
        Long last = heard.get(remote);
        if (last == null || now - last > NEGLIGIBLE_NANOS) {
            heard.put(remote, now);
        }
    }

    void forget(InetAddress address) {
        heard.remove(address);
        names.removeIf((name, uses) -> uses.last.equals(address));
    }

    void forgetAll() {
        names.clear();
        heard.clear();
    }

    /** The address of a name that was connected to last, and the last other one. */
    private static final class Uses {
        private final InetAddress last;
        private final long lastNanos;
        private final InetAddress other;
        private final long otherNanos;

        private Uses(InetAddress last, long lastNanos, InetAddress other, long otherNanos) {
            this.last = last;
            this.lastNanos = lastNanos;
            this.other = other;
            this.otherNanos = otherNanos;
        }

        static Uses one(InetAddress address, Uses before, long now) {
            if (before == null) {
                return new Uses(address, now, null, now);
            }
            if (!before.last.equals(address)) {
                return new Uses(address, now, before.last, before.lastNanos);
            }
            return now - before.lastNanos > NEGLIGIBLE_NANOS ? new Uses(address, now, before.other, before.otherNanos) : before;
        }

        boolean includeOtherThan(InetAddress address, long now) {
            return last.equals(address) ? other != null && now - otherNanos < REMEMBERED_NANOS : now - lastNanos < REMEMBERED_NANOS;
        }
    }
}
