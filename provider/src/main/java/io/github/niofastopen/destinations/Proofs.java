// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.destinations;

import java.net.InetAddress;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Paths that are proven to bear all of a connection whose SYN carried data: something that was sent after the SYN was
 * acknowledged, and something was received. That holds for a while only, since routes change. A SYN that was lost shakes a proof:
 * the next connection is to prove the path anew.
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
        return proof != null && !proof.shaken && proof.isOf(local) && isFresh(proof);
    }

    /** What the loss of a SYN is to a path. */
    enum Loss {
        /** The path wasn't proven. */
        UNPROVEN,
        /** It was, and nothing was lost since, or only SYNs that had left together with this one. */
        FIRST,
        /** A SYN has left after one was lost, and was lost, too. */
        RECURRING
    }

    /**
     * A SYN was lost on a path.
     *
     * @param local as of {@link #has}
     * @param begunNanos when its connection began, by the same clock
     */
    Loss shake(InetAddress local, InetAddress remote, long begunNanos) {
        Proof proof = proofs.get(remote);
        if (proof == null || !proof.isOf(local) || !isFresh(proof)) {
            return Loss.UNPROVEN;
        }
        return proof.shake(begunNanos, nanoClock.getAsLong());
    }

    private boolean isFresh(Proof proof) {
        return nanoClock.getAsLong() - proof.nanos < KEEP_NANOS;
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
        private volatile boolean shaken;
        /** When that was noticed; protected by this object's monitor. */
        private long shakenNanos;

        Proof(InetAddress local, long nanos) {
            this.local = local;
            this.nanos = nanos;
        }

        boolean isOf(InetAddress local) {
            return local == null || this.local.equals(local);
        }

        synchronized Loss shake(long begunNanos, long now) {
            if (!shaken) {
                shakenNanos = now;
                shaken = true;
                return Loss.FIRST;
            }
            return begunNanos - shakenNanos < 0 ? Loss.FIRST : Loss.RECURRING;
        }
    }
}
