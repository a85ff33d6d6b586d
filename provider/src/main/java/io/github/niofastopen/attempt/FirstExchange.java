// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.attempt;

import io.github.niofastopen.attempt.HalfClose.Direction;
import io.github.niofastopen.destinations.FirstBytes;
import io.github.niofastopen.tls.ClientHello;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.IllegalBlockingModeException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The reads and writes of a socket until its peer has been heard from, and until it is known with what the connection
 * begins: what leaves in the SYN, what is kept, and who waits.
 */
public final class FirstExchange {
    /** A deadline as {@link System#nanoTime} has it that never comes. */
    public static final long NO_DEADLINE = Long.MAX_VALUE;
    private static final int END_OF_STREAM = -1;
    private static final long NAP_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    /** A read of the JDK's. */
    public interface Read {
        /** @param deadline when it is to end, or {@link #NO_DEADLINE} */
        long until(long deadline) throws IOException;
    }

    /** A write of the JDK's, of what hasn't been written yet. */
    public interface Write {
        long write() throws IOException;
    }

    /** One reader and one writer at a time, as the JDK's readLock and writeLock have it. */
    private final ReentrantLock readLock = new ReentrantLock();
    private final ReentrantLock writeLock = new ReentrantLock();

    private final Attempt attempt;
    private final Endpoint endpoint;
    private final boolean anyFirstWrite;

    FirstExchange(Attempt attempt, Endpoint endpoint, boolean anyFirstWrite) {
        this.attempt = attempt;
        this.endpoint = endpoint;
        this.anyFirstWrite = anyFirstWrite;
    }

    /**
     * A connect begins. To the JDK a socket is connected before it is known whether the SYN was held back, and whatever
     * another thread wrote in between would ride in it: reads and writes wait for {@link #endConnect}.
     */
    public void beginConnect() {
        readLock.lock();
        writeLock.lock();
    }

    public void endConnect() {
        writeLock.unlock();
        readLock.unlock();
    }

    /** Waits for the end of a connect that another thread has begun. */
    public void awaitEndOfConnect() {
        writeLock.lock();
        writeLock.unlock();
    }

    // -- read

    /**
     * A read while the peer hasn't been heard from, or nothing has passed.
     *
     * @param room whether there is room for a byte
     */
    public long read(boolean room, long deadline, Read jdk) throws IOException {
        if (attempt.isToBeShut(Direction.INPUT) && endpoint.isOpen()) {
            return END_OF_STREAM;
        }
        readLock.lock();
        return readLocked(room, deadline, jdk);
    }

    /**
     * The same where the wait for another reader is a part of the time, as NioSocketImpl.read has it.
     *
     * @throws SocketTimeoutException if the other has not gone when the deadline comes
     */
    public long readInTime(long deadline, Read jdk) throws IOException {
        if (attempt.isToBeShut(Direction.INPUT) && endpoint.isOpen()) {
            return END_OF_STREAM;
        }
        lockToRead(deadline);
        return readLocked(true, deadline, jdk);
    }

    private void lockToRead(long deadline) throws SocketTimeoutException {
        boolean interrupted = false;
        try {
            boolean locked = false;
            while (!locked) {
                try {
                    locked = readLock.tryLock(nanosUntil(deadline), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private long readLocked(boolean room, long deadline, Read jdk) throws IOException {
        try {
            endpoint.checkConnected();
            if (!room) {
                return jdk.until(deadline);
            }
            if (!attempt.phase().isTheJdks()) {
                return readFirst(deadline, jdk);
            }
            dropIfOver();
            return observed(jdk.until(deadline));
        } finally {
            readLock.unlock();
        }
    }

    /** Whether the calling thread is in a read. */
    public boolean isReadHere() {
        return readLock.isHeldByCurrentThread();
    }

    private long readFirst(long deadline, Read jdk) throws IOException {
        boolean blocking = endpoint.isBlocking();
        if (blocking) {
            attempt.release();
            awaitPeer(true, deadline);
            awaitReadInTime(deadline);
        }
        Phase phase = attempt.pollOrThrow();
        if (attempt.isToBeShut(Direction.INPUT)) {
            return END_OF_STREAM;
        }
        if (phase == Phase.CLOSED || phase.awaitsPeer()) {
            checkOpen();
        }
        if (phase.awaitsPeer() || phase.awaitsFirstByte() && !blocking) {
            // Nothing has come. A read of the JDK's would meet the descriptor while another connection takes the place of this one.
            return 0;
        }
        if (blocking == endpoint.isBlocking()) {
            dropIfOver();
        }
        return observed(blocking ? untilRead(deadline, jdk) : jdk.until(deadline));
    }

    /** Of the time that a read has, the wait for the peer has taken some. */
    private void awaitReadInTime(long deadline) throws IOException {
        boolean ready = deadline == NO_DEADLINE || attempt.isToBeShut(Direction.INPUT);
        while (!ready) {
            endpoint.beginWait();
            boolean entered = attempt.enterWaiting();
            try {
                ready = !entered || !endpoint.isOpen() || endpoint.readsInTime();
                if (!ready) {
                    endpoint.parkUntilReadable(Math.min(attempt.waitNanos(), nanosUntil(deadline)));
                }
            } finally {
                if (entered) {
                    attempt.leaveWaiting();
                }
                endpoint.endWait(endpoint.isOpen());
            }
        }
    }

    /** A read that has begun in blocking mode blocks, though the mode may have been changed while it waited for the peer. */
    private long untilRead(long deadline, Read jdk) throws IOException {
        long n = jdk.until(deadline);
        while (n == 0 && !endpoint.isBlocking() && !attempt.isToBeShut(Direction.INPUT) && waitUntilReadable(deadline)) {
            n = jdk.until(deadline);
        }
        return n;
    }

    /** @return false if there is nothing to wait for any more */
    private boolean waitUntilReadable(long deadline) throws IOException {
        endpoint.beginWait();
        boolean entered = attempt.enterWaiting();
        try {
            if (entered && endpoint.isOpen()) {
                endpoint.parkUntilReadable(Math.min(attempt.waitNanos(), nanosUntil(deadline)));
            }
        } finally {
            if (entered) {
                attempt.leaveWaiting();
            }
            endpoint.endWait(endpoint.isOpen());
        }
        return entered;
    }

    /** Data before anything was written: the server speaks first. */
    private long observed(long n) {
        if (n > 0) {
            attempt.look();
            if (attempt.noDelay() != null) {
                attempt.noDelay().afterRead();
            }
            if (!attempt.hasBegun() && dropUnlessWriting()) {
                attempt.began(FirstBytes.OTHER);
            }
        }
        return n;
    }

    // -- write

    /** A write while the SYN is held back, the peer hasn't been heard from, or nothing has been written. */
    public long write(ByteBuffer[] srcs, int offset, int length, Write jdk) throws IOException {
        writeLock.lock();
        try {
            endpoint.checkConnected();
            if (attempt.isToBeShut(Direction.OUTPUT)) {
                throw endpoint.outputShut();
            }
            long remaining = Buffers.remaining(srcs, offset, length);
            return remaining == 0 ? jdk.write() : writeUndelayed(srcs, offset, length, remaining, jdk);
        } finally {
            try {
                if (attempt.isOver()) {
                    attempt.drop();
                }
            } finally {
                writeLock.unlock();
            }
        }
    }

    /**
     * The same of a stream's, which has written all when it returns.
     *
     * @throws IOException also where another thread has shut the output down when a part was written
     */
    public void writeFully(ByteBuffer src, Write jdk) throws IOException {
        int length = src.remaining();
        long written = write(new ByteBuffer[] {src}, 0, 1, jdk);
        if (written == length) {
            return;
        }
        if (!endpoint.isBlocking()) {
            // The mode was changed after the stream had looked at it.
            throw new IllegalBlockingModeException();
        }
        throw endpoint.outputShutMeanwhile();
    }

    private long writeUndelayed(ByteBuffer[] srcs, int offset, int length, long remaining, Write jdk) throws IOException {
        NoDelay noDelay = attempt.noDelay();
        if (noDelay == null || !noDelay.isInCharge()) {
            return writeFirst(srcs, offset, length, remaining, jdk);
        }
        ByteBuffer[] views = Buffers.views(srcs, offset, length);
        noDelay.beforeWrite(srcs, offset, length);
        long n = writeFirst(srcs, offset, length, remaining, jdk);
        noDelay.afterWrite(views, n);
        return n;
    }

    private long writeFirst(ByteBuffer[] srcs, int offset, int length, long remaining, Write jdk) throws IOException {
        if (attempt.phase().isTheJdks()) {
            return writeObserved(srcs, offset, length, jdk);
        }
        boolean blocking = endpoint.isBlocking();
        long sent = attempt.phase() == Phase.HELD ? mergeOrRelease(srcs, offset, length, blocking) : 0;
        if (sent == remaining || sent > 0 && !blocking) {
            return sent;
        }
        if (blocking && keeps(srcs, offset, length, remaining - sent)) {
            return remaining;
        }
        Phase phase = awaitPeerToWrite(blocking);
        if (blocking && sent == 0) {
            checkNotShutMeanwhile();
        }
        if (phase == Phase.CLOSED || phase.awaitsPeer()) {
            checkOpen();
        }
        if (phase.awaitsPeer() || attempt.isToBeShut(Direction.OUTPUT)) {
            // A write of the JDK's might overtake a first flight that has to be sent again.
            return sent;
        }
        return blocking ? writeAfterWait(sent, srcs, offset, length, jdk) : sent + writeObserved(srcs, offset, length, jdk);
    }

    /**
     * As long as the peer wasn't heard from, the JDK's output wasn't shut down: where its write finds that now, another thread has done
     * it while this one waited.
     */
    private long writeAfterWait(long sent, ByteBuffer[] srcs, int offset, int length, Write jdk) throws IOException {
        try {
            return sent + writeObserved(srcs, offset, length, jdk);
        } catch (ClosedChannelException e) {
            if (!endpoint.isOpen()) {
                throw e;
            }
            if (sent == 0) {
                throw endpoint.outputShutMeanwhile();
            }
            return sent;
        }
    }

    /** From then on no other connection takes the place of this one: what is written over it is written once. */
    private Phase awaitPeerToWrite(boolean blocking) throws IOException {
        Phase phase;
        do {
            if (blocking) {
                awaitPeer(false, NO_DEADLINE);
            }
            phase = attempt.commitOrThrow();
        } while (blocking && phase.awaitsPeer() && endpoint.isOpen() && !attempt.isToBeShut(Direction.OUTPUT));
        return phase;
    }

    /** A little that follows a ClientHello is kept, as the kernel's buffer would: a write to a peer that has died doesn't wait. */
    private boolean keeps(ByteBuffer[] srcs, int offset, int length, long rest) throws IOException {
        if (!attempt.pollOrThrow().awaitsPeer() || !endpoint.isOpen() || rest > FirstFlight.MOST_BYTES
                || !keep(ClientHello.copyAnythingFrom(srcs, offset, length))) {
            return false;
        }
        Buffers.skip(srcs, offset, (int) rest);
        return true;
    }

    /** Nothing is waited for, but whoever was interrupted before ends by that, as in each write of the JDK's that may block. */
    private boolean keep(byte[] more) throws IOException {
        boolean kept = false;
        endpoint.beginWait();
        try {
            kept = attempt.keep(more);
        } finally {
            endpoint.endWait(kept);
        }
        return kept;
    }

    private long writeObserved(ByteBuffer[] srcs, int offset, int length, Write jdk) throws IOException {
        if (attempt.hasBegun()) {
            return jdk.write();
        }
        boolean clientHello = ClientHello.beginsIn(srcs, offset, length);
        long remaining = Buffers.remaining(srcs, offset, length);
        long n = jdk.write();
        if (n > 0) {
            attempt.wroteFlight(remaining);
            began(clientHello);
            attempt.drop();
        }
        return n;
    }

    /** Sends the SYN with a ClientHello, or without anything else. */
    private int mergeOrRelease(ByteBuffer[] srcs, int offset, int length, boolean blocking) throws IOException {
        byte[] flight = ClientHello.copyFrom(srcs, offset, length);
        boolean clientHello = flight != null;
        if (flight == null && anyFirstWrite) {
            flight = ClientHello.copyAnythingFrom(srcs, offset, length);
        }
        if (flight == null) {
            attempt.release();
            return 0;
        }
        began(clientHello);
        int sent = send(flight, blocking);
        Buffers.skip(srcs, offset, sent);
        return sent;
    }

    /** Where any first write may ride, any is what is waited for. */
    private void began(boolean clientHello) {
        attempt.began(clientHello || anyFirstWrite ? FirstBytes.CLIENT_HELLO : FirstBytes.OTHER);
    }

    private int send(byte[] flight, boolean blocking) throws IOException {
        if (!blocking) {
            return attempt.sendFirstFlight(flight);
        }
        int sent = 0;
        endpoint.beginWait();
        try {
            sent = attempt.sendFirstFlight(flight);
        } finally {
            endpoint.endWait(sent > 0);
        }
        return sent;
    }

    /**
     * Urgent data is about to be written, which nothing may ride with.
     *
     * @return whether there is room for it now
     */
    public boolean takesUrgentWrite() throws IOException {
        endpoint.checkConnected();
        attempt.release();
        boolean blocking = endpoint.isBlocking();
        Phase phase = awaitPeerToWrite(blocking);
        if (blocking) {
            checkNotShutMeanwhile();
        }
        return !phase.awaitsPeer();
    }

    // -- waiting

    /**
     * Waits, in blocking mode, until the peer has been heard from or the connection has failed. Who reads waits for the first
     * byte, too, as long as another connection may take the place of this one: the JDK would take a reset for its end.
     */
    public void awaitPeer(boolean toRead, long deadline) throws IOException {
        // Over loopback the peer has answered by now: then there is nothing to wait for but what the JDK waits for.
        if (!isToWait(toRead, attempt.phase()) || !isToWait(toRead, attempt.poll())) {
            return;
        }
        endpoint.beginWait();
        if (!attempt.enterWaiting()) {
            endpoint.endWait(endpoint.isOpen());
            return;
        }
        try {
            // Who has entered keeps the attempt from being dropped, and the descriptor from being given back.
            while (endpoint.isOpen() && !attempt.isToBeShut(toRead ? Direction.INPUT : Direction.OUTPUT)) {
                parkUntilHeardFrom(toRead, Math.min(attempt.waitNanos(), nanosUntil(deadline)));
                if (!isToWait(toRead, attempt.poll())) {
                    return;
                }
            }
        } finally {
            attempt.leaveWaiting();
            endpoint.endWait(endpoint.isOpen());
        }
    }

    /** Waits for the answer to the SYN of a connect that hasn't returned, until a deadline at most. */
    public void awaitAnswer(long deadline) throws IOException {
        if (!attempt.enterWaiting()) {
            return;
        }
        try {
            while (endpoint.isOpen() && attempt.poll().awaitsPeer()) {
                long left = deadline == NO_DEADLINE ? NO_DEADLINE : deadline - System.nanoTime();
                if (left <= 0) {
                    return;
                }
                endpoint.parkUntilWritable(Math.min(left, attempt.waitNanos()));
            }
        } finally {
            attempt.leaveWaiting();
        }
    }

    private static boolean isToWait(boolean toRead, Phase phase) {
        return phase.awaitsPeer() || toRead && phase.awaitsFirstByte();
    }

    /** A first flight that has to be sent again comes before anything that could be read. */
    private void parkUntilHeardFrom(boolean toRead, long nanos) throws IOException {
        if (toRead && !attempt.phase().isSecondSyn() && !attempt.owesFlight()) {
            endpoint.parkUntilReadable(nanos);
        } else {
            parkUntilWritable(nanos);
        }
    }

    /**
     * The JDK's poller knows one virtual thread that waits for a descriptor to be writable: another one takes its place, and takes it
     * away when it leaves (sun.nio.ch.Poller). That is the writer's place, who goes on to wait there within a write of the JDK's.
     * So others look again and again.
     */
    private void parkUntilWritable(long nanos) throws IOException {
        if (writeLock.isHeldByCurrentThread() || !VirtualThreads.areCurrent()) {
            endpoint.parkUntilWritable(nanos);
        } else {
            endpoint.nap(Math.min(nanos, NAP_NANOS));
        }
    }

    private static long nanosUntil(long deadline) throws SocketTimeoutException {
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
    public void awaitPeerOfTransfer() throws IOException {
        boolean interrupted = false;
        if (!attempt.enterWaiting()) {
            checkOpen();
            return;
        }
        try {
            while (endpoint.isOpen() && !interrupted && !attempt.isToBeShut(Direction.OUTPUT) && attempt.commit().awaitsPeer()) {
                parkUntilWritable(attempt.waitNanos());
                interrupted = Thread.currentThread().isInterrupted();
            }
        } finally {
            attempt.leaveWaiting();
        }
        if (interrupted) {
            endpoint.close();
            throw new ClosedByInterruptException();
        }
        if (!endpoint.isOpen()) {
            // The descriptor may be another connection's by now.
            throw new AsynchronousCloseException();
        }
        checkNotShutMeanwhile();
        if (attempt.phase() == Phase.FAILED) {
            throw attempt.failure();
        }
    }

    /** Another thread has shut the output down while this one waited to write. */
    private void checkNotShutMeanwhile() throws IOException {
        if (endpoint.isOpen() && attempt.isToBeShut(Direction.OUTPUT)) {
            throw endpoint.outputShutMeanwhile();
        }
    }

    private void checkOpen() throws IOException {
        if (!endpoint.isOpen()) {
            throw endpoint.closed();
        }
    }

    private void dropIfOver() {
        if (attempt.isOver()) {
            dropUnlessWriting();
        }
    }

    /** From here on the socket is the JDK's, unless a writer is still between two parts of what it writes. */
    private boolean dropUnlessWriting() {
        if (writeLock.tryLock()) {
            try {
                return attempt.drop();
            } finally {
                writeLock.unlock();
            }
        }
        return false;
    }
}
