// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.attempt;

import io.github.niofastopen.linux.Errno;
import java.util.concurrent.TimeUnit;

/**
 * When a connection whose peer hasn't been heard from is given up, and what the application is told then.
 *
 * <p>An application that connects with a time-out has said when. Others watch over a pending connect by themselves, and what
 * was deferred isn't pending to them any more. The kernel would go on for two minutes and more
 * ({@code net.ipv4.tcp_syn_retries}): that ends after as long as Netty gives a connect by default, more than most do. Five
 * SYNs and more have left by then.
 */
final class Limit {
    static final long OF_DEFERRAL_MILLIS = 30_000;

    private final long endNanos;
    private final int reason;

    private Limit(long millis, int reason) {
        this.endNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        this.reason = reason;
    }

    /** @param millis how long the application gives the connection from now on */
    static Limit ofApplication(long millis) {
        return new Limit(millis, Deferral.GIVEN_UP);
    }

    /** Of one whose SYN leaves now, for as long as anybody may want to wait. */
    static Limit ofDeferral() {
        return new Limit(OF_DEFERRAL_MILLIS, Errno.ETIMEDOUT.asResult());
    }

    long nanosLeft() {
        return endNanos - System.nanoTime();
    }

    /** The same in ms, and never less than one. */
    long millisLeft() {
        return Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanosLeft()) + 1);
    }

    /** As {@link Deferral#failure} has it. */
    int reason() {
        return reason;
    }
}
