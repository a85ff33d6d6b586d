// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.destinations;

import io.github.niofastopen.linux.NetlinkUnavailableException;
import io.github.niofastopen.linux.Route;
import java.io.IOException;
import java.net.InetAddress;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Knows which addresses are this machine's own, and from which of them a connection would leave: the kernel is asked for the
 * route of one destination, four system calls however many addresses there are, and the answer is kept for a while. (To list
 * the interfaces takes the JDK several for each address.)
 *
 * <p>An address that comes, or goes where no route that was asked for leads, changes nothing here.
 */
public class OwnAddresses implements LocalAddresses {
    static final long KEEP_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final LongSupplier nanoClock;
    private final Bounded<InetAddress, Answer> answers = new Bounded<>();
    private volatile Consumer<InetAddress> onGone;
    private volatile boolean unavailable;

    /** @param nanoClock a clock as {@link System#nanoTime} */
    public OwnAddresses(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
    }

    /**
     * Whom to tell of a local address from which connections left, and which isn't this machine's any more. It is found when a
     * destination's route is asked for again and leaves from another address. It must not block.
     */
    public void onGone(Consumer<InetAddress> action) {
        onGone = action;
    }

    @Override
    public boolean test(InetAddress address) {
        return !address.isAnyLocalAddress() && route(address).isLocal();
    }

    @Override
    public InetAddress towards(InetAddress remote) {
        return route(remote).source();
    }

    /** Where a connection that isn't bound would go now. */
    Route route(InetAddress address) {
        Answer last = answers.get(address);
        if (last != null && nanoClock.getAsLong() - last.nanos < KEEP_NANOS) {
            return last.route;
        }
        Route before = last == null ? Route.NONE : last.route;
        Route route = ask(address, before);
        if (hasLeftFromAnother(before, route) && !ask(before.source(), Route.NONE).isLocal()) {
            tellGone(before.source());
        }
        return route;
    }

    private static boolean hasLeftFromAnother(Route before, Route now) {
        return !before.isLocal() && before.source() != null && !before.source().equals(now.source());
    }

    private void tellGone(InetAddress address) {
        Consumer<InetAddress> action = onGone;
        if (action != null) {
            action.accept(address);
        }
    }

    /** @param unknown what to take for the answer where there is none, for want of a descriptor */
    private Route ask(InetAddress address, Route unknown) {
        try {
            Route route = unavailable ? RouteByBinding.to(address) : routeTo(address);
            answers.put(address, new Answer(route, nanoClock.getAsLong()));
            return route;
        } catch (NetlinkUnavailableException e) {
            unavailable = true;
            return ask(address, unknown);
        } catch (IOException | RuntimeException e) {
            // Nor for what a JVM doesn't have, IPv6 for one: no connect fails for want of an answer.
            return unknown;
        }
    }

    /** Overridden by tests. */
    Route routeTo(InetAddress address) throws IOException {
        return Route.to(address);
    }

    private static final class Answer {
        private final Route route;
        private final long nanos;

        Answer(Route route, long nanos) {
            this.route = route;
            this.nanos = nanos;
        }
    }
}
