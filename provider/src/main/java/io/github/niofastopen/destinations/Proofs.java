// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.destinations;

import java.net.InetAddress;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Paths that are proven to bear all of a connection whose SYN carried data: something that was sent after the SYN was
 * acknowledged, and something was received. That holds for a while only, since routes change. A SYN that was lost shakes a proof:
 * the next connection is to prove the path anew. How many were taken and lost is counted across the proofs of a path: one that
 * loses more than a few of them, of one size or to one port, would be proven by the others again and again.
 *
 * <p>Safe for use by many threads; a question takes no lock.
 */
final class Proofs {
    static final long KEEP_NANOS = TimeUnit.MINUTES.toNanos(10);

    private final LongSupplier nanoClock;
    private final Bounded<InetAddress, Proof> proofs = new Bounded<>();

    /** @param nanoClock a clock as {@link System#nanoTime} */
    Proofs(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
    }

    void prove(InetAddress local, InetAddress remote) {
        Proof before = proofs.get(remote);
        Tally tally = before != null && before.local.equals(local) ? before.tally : new Tally();
        proofs.put(remote, new Proof(local, nanoClock.getAsLong(), tally));
    }

    /** The data of a SYN was taken. */
    void count(InetAddress remote) {
        Proof proof = proofs.get(remote);
        if (proof != null) {
            proof.tally.countTaken();
        }
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
        /** It was, and nothing was lost since, or only SYNs of connections that had begun before that was noticed. */
        FIRST,
        /** So was one of a connection that began after that; or too many are lost there, among others that aren't. */
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

    /** Forgets the proofs of paths from an address that this machine has no more. */
    void forgetFrom(InetAddress local) {
        proofs.removeIf((remote, proof) -> proof.local.equals(local));
    }

    private static final class Proof {
        private final InetAddress local;
        private final long nanos;
        private final Tally tally;
        private volatile boolean shaken;
        /** When that was noticed; protected by this object's monitor. */
        private long shakenNanos;

        Proof(InetAddress local, long nanos, Tally tally) {
            this.local = local;
            this.nanos = nanos;
            this.tally = tally;
        }

        boolean isOf(InetAddress local) {
            return local == null || this.local.equals(local);
        }

        synchronized Loss shake(long begunNanos, long now) {
            if (shaken) {
                return begunNanos - shakenNanos < 0 ? Loss.FIRST : Loss.RECURRING;
            }
            shakenNanos = now;
            shaken = true;
            return tally.countLost() ? Loss.RECURRING : Loss.FIRST;
        }
    }

    /** SYNs with data on one path, of late. */
    private static final class Tally {
        /** What a lost SYN costs, three round trips or some more, is well paid by what so many save. */
        private static final int TAKEN_FOR_ONE_LOST = 8;
        private static final int LATELY = 1024;

        // -- Protected by this object's monitor, under which nothing is called

        private int taken;
        private int lost;

        synchronized void countTaken() {
            taken++;
            if (taken > LATELY) {
                taken /= 2;
                lost /= 2;
            }
        }

        /** @return whether too many are: one always may be */
        synchronized boolean countLost() {
            lost++;
            return (lost - 1) * TAKEN_FOR_ONE_LOST > taken;
        }
    }
}
