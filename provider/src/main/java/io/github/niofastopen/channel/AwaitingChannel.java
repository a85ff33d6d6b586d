// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.channel;

import io.github.niofastopen.attempt.Phase;
import io.github.niofastopen.linux.Errno;
import java.io.IOException;
import java.net.ProtocolFamily;
import java.net.SocketTimeoutException;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.spi.SelectorProvider;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import sun.nio.ch.SocketChannelBridge;

/**
 * A channel between connect and the first sign of its peer: the attempt that exists in that time, how threads wait for
 * its end, and how it is taken leave of.
 *
 * <p>The first of three layers; {@link ConnectingChannel} and {@link FastOpenSocketChannel} are built on it.
 */
abstract class AwaitingChannel extends SocketChannelBridge {
    static final long WAIT_SLICE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    static final long NO_DEADLINE = Long.MAX_VALUE;

    private static final AtomicReferenceFieldUpdater<AwaitingChannel, Attempt> ATTEMPT =
        AtomicReferenceFieldUpdater.newUpdater(AwaitingChannel.class, Attempt.class, "attempt");

    private volatile Attempt attempt;

    AwaitingChannel(SelectorProvider provider) throws IOException {
        super(provider);
    }

    AwaitingChannel(SelectorProvider provider, ProtocolFamily family) throws IOException {
        super(provider, family);
    }

    /** The attempt under way, or null: the channel is the JDK's alone then. */
    final Attempt attempt() {
        return attempt;
    }

    /** @return whether there was none */
    final boolean tryBegin(Attempt begun) {
        return ATTEMPT.compareAndSet(this, null, begun);
    }

    /** Connect was refused, or has failed. */
    final void abandon(Attempt begun) {
        ATTEMPT.compareAndSet(this, begun, null);
    }

    /** Waits, in blocking mode, until the peer has been heard from or the connection has failed. */
    final void awaitPeer(Attempt current, boolean toRead, long deadline) throws IOException {
        // Over loopback the peer has answered by now: then there is nothing to wait for but what the JDK waits for.
        if (!current.phase().awaitsPeer() || !current.poll().awaitsPeer()) {
            return;
        }
        begin();
        if (!current.waiters().enter()) {
            end(isOpen());
            return;
        }
        try {
            // Who has entered keeps the attempt from being dropped, and the descriptor from being given back.
            while (isOpen() && attempt() == current
                    && !(toRead && current.halfClose().isRequested(HalfClose.Direction.INPUT))) {
                parkUntilHeardFrom(current, toRead, Math.min(slice(current), untilTimeout(deadline)));
                if (!current.poll().awaitsPeer()) {
                    return;
                }
            }
        } finally {
            leave(current);
            end(isOpen());
        }
    }

    /** A first flight that has to be sent again comes before anything that could be read. */
    private void parkUntilHeardFrom(Attempt current, boolean toRead, long nanos) throws IOException {
        if (toRead && current.phase() != Phase.RECONNECTING) {
            parkUntilReadable(nanos);
        } else {
            parkUntilWritable(nanos);
        }
    }

    /** How long to wait before a look at the channel's state, in ns: a close may fail to wake a waiting thread. */
    static long slice(Attempt current) {
        return Math.max(1, Math.min(WAIT_SLICE_NANOS, current.nanosUntilHedge()));
    }

    private static long untilTimeout(long deadline) throws SocketTimeoutException {
        long left = deadline == NO_DEADLINE ? NO_DEADLINE : deadline - System.nanoTime();
        if (left <= 0) {
            throw new SocketTimeoutException("Read timed out");
        }
        return left;
    }

    /**
     * The same for a thread that is in FileChannel's transferTo, which says itself who is to be closed by an interrupt
     * (AbstractInterruptibleChannel.begin): this thread can have one such channel only.
     */
    final void awaitPeerOfTransfer(Attempt current) throws IOException {
        boolean interrupted = false;
        if (!current.waiters().enter()) {
            ensureOpen();
            return;
        }
        try {
            while (isOpen() && attempt() == current && !interrupted && current.poll().awaitsPeer()) {
                parkUntilWritable(slice(current));
                interrupted = Thread.currentThread().isInterrupted();
            }
        } finally {
            leave(current);
        }
        if (interrupted) {
            close();
            throw new ClosedByInterruptException();
        }
        if (!isOpen()) {
            // The descriptor may be another connection's by now.
            throw new AsynchronousCloseException();
        }
        if (current.phase() == Phase.FAILED) {
            throw connectFailure(current);
        }
    }

    /**
     * Looks whether the peer has been heard from. Whatever follows goes by the answer: the phase may move on meanwhile. A
     * failure leaves the channel open, as a failed read does: event loops take a channel that has been closed under them for
     * one that they have closed themselves, and tell nobody.
     *
     * @throws IOException what connect would have thrown, if there will be no connection
     */
    final Phase pollOrThrow(Attempt current) throws IOException {
        Phase phase = current.poll();
        if (phase == Phase.FAILED) {
            throw connectFailure(current);
        }
        return phase;
    }

    /** What finishConnect throws: that closes the channel. */
    final IOException connectFailed(Attempt current) throws IOException {
        IOException failure = connectFailure(current);
        close();
        return failure;
    }

    private static IOException connectFailure(Attempt current) {
        int failure = current.deferral().failure();
        return failure == 0 ? new ClosedChannelException() : Errno.connectFailure(failure, current.remote());
    }

    /** From here on the channel is the JDK's, unless a writer is still between two parts of what it writes. */
    final boolean dropUnlessWriting(Attempt current) {
        if (current.writeLock.tryLock()) {
            try {
                return drop(current);
            } finally {
                current.writeLock.unlock();
            }
        }
        return false;
    }

    final boolean drop(Attempt current) {
        current.halfClose().carryOut();
        if (!current.waiters().endIfNobodyIsInside()) {
            return false;
        }
        // Before the channel's close can fail to see it.
        current.deferral().close(false);
        return ATTEMPT.compareAndSet(this, current, null);
    }

    /** The last one out finishes a close, as in SocketChannelImpl: nobody waits for anybody. */
    final void leave(Attempt current) {
        if (current.waiters().leave()) {
            try {
                super.implCloseSelectableChannel();
            } catch (IOException e) {
                // As of SocketChannelImpl.tryFinishClose, there is nobody to tell.
            }
        }
    }

    final void ensureOpen() throws ClosedChannelException {
        if (!isOpen()) {
            throw new ClosedChannelException();
        }
    }

    @Override
    protected void implCloseSelectableChannel() throws IOException {
        Attempt current = attempt();
        boolean last = true;
        try {
            last = current == null || current.close();
        } finally {
            if (last) {
                super.implCloseSelectableChannel();
            }
        }
    }
}
