// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.destinations;

import java.net.InetAddress;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Paths that are proven to bear all of a connection whose SYN carried data: something that was sent after the SYN was
 * acknowledged, and something was received. That holds for a while only, since routes change.
 *
 * <p>Safe for use by many threads; a question takes no lock.
 */
final class Proofs {
    static final long KEEP_NANOS = TimeUnit.MINUTES.toNanos(10);

    private final LongSupplier nanoClock;
    private final Map<InetAddress, Proof> proofs = Bounded.map();

    /** @param nanoClock a clock as {@link System#nanoTime} */
    Proofs(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
    }

    void prove(InetAddress local, InetAddress remote) {
        Bounded.put(proofs, remote, new Proof(local, nanoClock.getAsLong()));
    }

    /** Whether this path is proven. @param local null where the kernel doesn't tell: that from the last address counts then */
    boolean has(InetAddress local, InetAddress remote) {
        Proof proof = proofs.get(remote);
        return proof != null && (local == null || proof.local.equals(local)) && nanoClock.getAsLong() - proof.nanos < KEEP_NANOS;
    }

    void forget(InetAddress remote) {
        proofs.remove(remote);
    }

    void forgetAll() {
        proofs.clear();
    }

    private static final class Proof {
        private final InetAddress local;
        private final long nanos;

        Proof(InetAddress local, long nanos) {
            this.local = local;
            this.nanos = nanos;
        }
    }
}
