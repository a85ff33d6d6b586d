// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.channel;

import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BooleanSupplier;

/**
 * The threads that wait for a channel's peer without the JDK's knowledge. Its close would give the descriptor back under
 * them. A virtual thread's wait is known by the descriptor's number (sun.nio.ch.Poller): when it ends, it would take away
 * the wait of whoever has got that number meanwhile.
 *
 * <p>A thread that waits holds no other lock of this package but those of a reader or writer, and takes none but the
 * deferral's monitor.
 */
final class Waiters {
    /** Held for reading by those who wait. */
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();

    void enter() {
        lock.readLock().lock();
    }

    void leave() {
        lock.readLock().unlock();
    }

    boolean any() {
        return lock.getReadLockCount() > 0;
    }

    boolean includeThisThread() {
        return lock.getReadHoldCount() > 0;
    }

    /** Returns when the last one has left. Whoever enters from now on must look whether there is still something to wait for. */
    void awaitNone() {
        lock.writeLock().lock();
        lock.writeLock().unlock();
    }

    /** Does something that nobody can enter in the middle of, if there is no one. */
    boolean ifNone(BooleanSupplier action) {
        if (!lock.writeLock().tryLock()) {
            return false;
        }
        try {
            return action.getAsBoolean();
        } finally {
            lock.writeLock().unlock();
        }
    }
}
