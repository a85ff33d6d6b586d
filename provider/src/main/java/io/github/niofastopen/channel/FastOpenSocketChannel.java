// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.channel;

import io.github.niofastopen.attempt.Phase;
import io.github.niofastopen.outcome.Outcome;
import io.github.niofastopen.tls.ClientHello;
import java.io.FileDescriptor;
import java.io.IOException;
import java.net.ProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.IllegalBlockingModeException;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.SelectorProvider;
import java.util.Objects;

/**
 * The JDK's socket channel, except between connect and the first sign of the peer. In that time an {@link Attempt} exists
 * and decides with what the SYN leaves; afterwards every call is the JDK's own, at the price of reading one field.
 */
public final class FastOpenSocketChannel extends ConnectingChannel {
    private static final int END_OF_STREAM = -1;

    FastOpenSocketChannel(SelectorProvider provider, FastOpenChannels channels) throws IOException {
        super(provider, channels);
    }

    FastOpenSocketChannel(SelectorProvider provider, ProtocolFamily family, FastOpenChannels channels)
            throws IOException {
        super(provider, family, channels);
    }

    // -- read

    @Override
    public int read(ByteBuffer dst) throws IOException {
        Attempt current = attempt();
        if (current == null) {
            return super.read(dst);
        }
        return isToBeShut(HalfClose.Direction.INPUT) && isOpen() ? END_OF_STREAM
            : (int) readFirst(current, dst.hasRemaining(), NO_DEADLINE, deadline -> super.read(dst));
    }

    @Override
    public long read(ByteBuffer[] dsts, int offset, int length) throws IOException {
        Attempt current = attempt();
        if (current == null) {
            return super.read(dsts, offset, length);
        }
        Objects.checkFromIndexSize(offset, length, dsts.length);
        boolean room = Buffers.remaining(dsts, offset, length) > 0;
        return isToBeShut(HalfClose.Direction.INPUT) && isOpen() ? END_OF_STREAM
            : readFirst(current, room, NO_DEADLINE, deadline -> super.read(dsts, offset, length));
    }

    @Override
    protected int adaptorRead(byte[] bytes, int offset, int length, long nanos) throws IOException {
        Attempt current = attempt();
        if (current == null) {
            return super.adaptorRead(bytes, offset, length, nanos);
        }
        Objects.checkFromIndexSize(offset, length, bytes.length);
        if (!isBlocking()) {
            throw new IllegalBlockingModeException();
        }
        long deadline = nanos > 0 ? System.nanoTime() + nanos : NO_DEADLINE;
        return (int) readFirst(current, length > 0, deadline,
            until -> super.adaptorRead(bytes, offset, length, remaining(until)));
    }

    /** A read while the peer hasn't been heard from, or nothing has been written. */
    private long readFirst(Attempt current, boolean room, long deadline, JdkRead read) throws IOException {
        current.readLock.lock();
        try {
            checkRevealed(current);
            if (!room) {
                return read.until(deadline);
            }
            if (current.phase() == Phase.ORDINARY) {
                return observeRead(current, read.until(deadline));
            }
            if (isBlocking()) {
                current.releaseUnwritten(Outcome.NOT_TLS);
                awaitPeer(current, true, deadline);
            }
            Phase phase = pollOrThrow(current);
            if (current.halfClose().isRequested(HalfClose.Direction.INPUT)) {
                return END_OF_STREAM;
            }
            if (phase.awaitsPeer()) {
                ensureOpen();
                return 0;
            }
            if (phase == Phase.CLOSED) {
                ensureOpen();
            }
            if (phase == Phase.ESTABLISHED) {
                dropUnlessWriting(current);
            }
            return read.until(deadline);
        } finally {
            current.readLock.unlock();
        }
    }

    /** Data before anything was written: the server speaks first. */
    private long observeRead(Attempt current, long n) {
        if (n > 0 && dropUnlessWriting(current)) {
            current.began(false);
        }
        return n;
    }

    // -- write

    @Override
    public int write(ByteBuffer src) throws IOException {
        Attempt current = attempt();
        if (current == null) {
            return super.write(src);
        }
        return (int) writeFirst(current, new ByteBuffer[] {src}, 0, 1, () -> super.write(src));
    }

    @Override
    public long write(ByteBuffer[] srcs, int offset, int length) throws IOException {
        Attempt current = attempt();
        if (current == null) {
            return super.write(srcs, offset, length);
        }
        Objects.checkFromIndexSize(offset, length, srcs.length);
        return writeFirst(current, srcs, offset, length, () -> super.write(srcs, offset, length));
    }

    @Override
    protected void adaptorWrite(byte[] bytes, int offset, int length) throws IOException {
        Attempt current = attempt();
        if (current == null) {
            super.adaptorWrite(bytes, offset, length);
            return;
        }
        Objects.checkFromIndexSize(offset, length, bytes.length);
        if (!isBlocking()) {
            throw new IllegalBlockingModeException();
        }
        ByteBuffer src = ByteBuffer.wrap(bytes, offset, length);
        writeFirst(current, new ByteBuffer[] {src}, 0, 1, () -> {
            int rest = src.remaining();
            super.adaptorWrite(bytes, src.position(), rest);
            return rest;
        });
    }

    /** A write while the SYN is held back, the peer hasn't been heard from, or nothing has been written. */
    private long writeFirst(Attempt current, ByteBuffer[] srcs, int offset, int length, JdkWrite rest)
            throws IOException {
        current.writeLock.lock();
        try {
            checkRevealed(current);
            if (current.halfClose().isRequested(HalfClose.Direction.OUTPUT)) {
                throw new ClosedChannelException();
            }
            long remaining = Buffers.remaining(srcs, offset, length);
            if (remaining == 0) {
                return rest.write();
            }
            if (current.phase() == Phase.ORDINARY) {
                return observeWrite(current, ClientHello.beginsIn(srcs, offset, length), rest);
            }
            long sent = current.phase() == Phase.HELD ? mergeOrRelease(current, srcs, offset, length) : 0;
            if (sent == remaining || sent > 0 && !isBlocking()) {
                return sent;
            }
            if (isBlocking()) {
                awaitPeer(current, false, NO_DEADLINE);
            }
            Phase phase = pollOrThrow(current);
            if (phase == Phase.CLOSED) {
                ensureOpen();
            }
            if (phase.awaitsPeer()) {
                // A write of the JDK's might overtake a first flight that has to be sent again.
                ensureOpen();
                return sent;
            }
            return sent + rest.write();
        } finally {
            try {
                if (current.phase() == Phase.ESTABLISHED) {
                    drop(current);
                }
            } finally {
                current.writeLock.unlock();
            }
        }
    }

    private long observeWrite(Attempt current, boolean clientHello, JdkWrite write) throws IOException {
        long n = write.write();
        if (n > 0) {
            current.began(clientHello);
            drop(current);
        }
        return n;
    }

    /** Sends the SYN with a ClientHello, or without anything else. */
    private int mergeOrRelease(Attempt current, ByteBuffer[] srcs, int offset, int length) throws IOException {
        byte[] flight = ClientHello.copyFrom(srcs, offset, length);
        boolean clientHello = flight != null;
        if (flight == null && channels.anyFirstWrite()) {
            flight = ClientHello.copyAnythingFrom(srcs, offset, length);
        }
        if (flight == null) {
            current.releaseUnwritten(Outcome.NOT_TLS);
            return 0;
        }
        if (clientHello) {
            current.began(true);
        }
        boolean blocking = isBlocking();
        int sent = 0;
        if (blocking) {
            begin();
        }
        try {
            sent = current.sendFirstFlight(flight);
        } finally {
            if (blocking) {
                end(sent > 0);
            }
        }
        Buffers.skip(srcs, offset, sent);
        return sent;
    }

    @Override
    protected boolean takesUrgentWrite() throws IOException {
        Attempt current = attempt();
        if (current == null) {
            return true;
        }
        checkRevealed(current);
        release(current);
        if (isBlocking()) {
            awaitPeer(current, false, NO_DEADLINE);
        }
        return !pollOrThrow(current).awaitsPeer();
    }

    /**
     * Sendfile(2) is about to be called, and must neither overtake a first flight that has to be sent again nor meet a
     * socket between two connects. Where it would have to wait, it gets a descriptor that takes nothing.
     */
    @Override
    protected FileDescriptor forUnseenWrite(FileDescriptor descriptor) {
        Attempt current = attempt();
        // The JDK asks for the descriptor when it waits on it, too.
        if (current == null || current.waiters().includeThisThread()) {
            return descriptor;
        }
        try {
            release(current);
            if (isBlocking()) {
                awaitPeerOfTransfer(current);
                return descriptor;
            }
            return current.poll().awaitsPeer() ? FullPipe.descriptor() : descriptor;
        } catch (IOException e) {
            // Those who ask for it in order to write declare it.
            throw FastOpenSocketChannel.<RuntimeException>asUnchecked(e);
        }
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> T asUnchecked(IOException e) throws T {
        throw (T) e;
    }

    private void release(Attempt current) {
        if (current.phase() == Phase.ARMED) {
            awaitEndOfConnect(current);
        }
        current.releaseUnwritten(Outcome.NOT_TLS);
    }

    /** The caller may have the JDK's write lock, for which connect may wait: but only once the JDK is connected. */
    private void awaitEndOfConnect(Attempt current) {
        if (isConnectedToTheJdk()) {
            learnWhetherHeld(current);
        } else {
            current.writeLock.lock();
            current.writeLock.unlock();
        }
    }

    // -- half-close

    @Override
    public SocketChannel shutdownInput() throws IOException {
        return shutDown(HalfClose.Direction.INPUT);
    }

    @Override
    public SocketChannel shutdownOutput() throws IOException {
        return shutDown(HalfClose.Direction.OUTPUT);
    }

    /** shutdown(2) in SYN_SENT disconnects (net/ipv4/af_inet.c, inet_shutdown): it has to wait for the peer. */
    private SocketChannel shutDown(HalfClose.Direction direction) throws IOException {
        Attempt current = attempt();
        if (current != null && isConnected()) {
            current.releaseUnwritten(Outcome.NOT_TLS);
            if (current.poll().awaitsPeer()) {
                current.halfClose().request(direction, this::shutDownNow);
                return this;
            }
        }
        shutDownNow(direction);
        return this;
    }

    @Override
    protected boolean isInputToBeShut() {
        return isToBeShut(HalfClose.Direction.INPUT);
    }

    @Override
    protected boolean isOutputToBeShut() {
        return isToBeShut(HalfClose.Direction.OUTPUT);
    }

    private boolean isToBeShut(HalfClose.Direction direction) {
        Attempt current = attempt();
        return current != null && current.halfClose().isRequested(direction);
    }

    private void shutDownNow(HalfClose.Direction direction) throws IOException {
        if (direction == HalfClose.Direction.INPUT) {
            super.shutdownInput();
        } else {
            super.shutdownOutput();
        }
    }

    /** The JDK's names the superclass, which it takes to be {@code SocketChannel}, and tells its own state. */
    @Override
    public String toString() {
        String jdk = super.toString();
        String text = SocketChannel.class.getName() + jdk.substring(jdk.indexOf('['));
        if (isConnectionPending()) {
            return text.replace("[connected", "[connection-pending");
        }
        String shut = (isInputToBeShut() ? " ishut" : "") + (isOutputToBeShut() ? " oshut" : "");
        return text.replace("[connected", "[connected" + shut);
    }

    /** The time left for a read of the socket adaptor, in ns; 0 stands for no timeout there. */
    private static long remaining(long deadline) {
        return deadline == NO_DEADLINE ? 0 : Math.max(1, deadline - System.nanoTime());
    }

    private interface JdkRead {
        long until(long deadline) throws IOException;
    }

    private interface JdkWrite {
        long write() throws IOException;
    }
}
