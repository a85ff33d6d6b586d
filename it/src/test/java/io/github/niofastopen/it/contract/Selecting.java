// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.contract;

import java.io.IOException;
import java.nio.channels.Selector;
import java.util.concurrent.TimeUnit;

/** Selecting as applications do it: a selector may wake up for nothing, but not again and again. */
final class Selecting {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final int NEEDLESS_WAKE_UPS = 20;

    private Selecting() {
    }

    /** Selects until something is ready, or patience is at its end: 0 then. */
    static int untilReady(Selector selector) throws IOException {
        long end = System.nanoTime() + PATIENCE_NANOS;
        for (int i = 0; i < NEEDLESS_WAKE_UPS; i++) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0) {
                return 0;
            }
            int n = selector.select(left);
            if (n > 0) {
                return n;
            }
        }
        throw new AssertionError("the selector spins");
    }
}
