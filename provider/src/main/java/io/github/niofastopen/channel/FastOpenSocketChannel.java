package io.github.niofastopen.channel;

import io.github.niofastopen.deferral.ClientHello;
import io.github.niofastopen.deferral.Deferral;
import io.github.niofastopen.deferral.Phase;
import io.github.niofastopen.destinations.Destinations.Decision;
import io.github.niofastopen.linux.Errno;
import io.github.niofastopen.linux.NativeTcpSocket;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.AlreadyConnectedException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ConnectionPendingException;
import java.nio.channels.IllegalBlockingModeException;
import java.nio.channels.NoConnectionPendingException;
import java.nio.channels.NotYetConnectedException;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.SelectorProvider;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import sun.nio.ch.SocketChannelBridge;

/**
 * The JDK's socket channel, except between connect and the first sign of the peer. In that time an {@link Attempt} exists
 * and decides with what the SYN leaves; afterwards every call is the JDK's own, at the price of reading one field.
 *
 * <p>In a non-blocking deferred connect the JDK's own state is "connected" while the application is still to see
 * "connection pending": {@link #isConnected} and {@link #isConnectionPending} tell the latter, and the JDK's selector asks
 * them.
 */
public final class FastOpenSocketChannel extends SocketChannelBridge {
    private static final long WAIT_SLICE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long NO_DEADLINE = Long.MAX_VALUE;
    private static final int END_OF_STREAM = -1;

    private static final VarHandle ATTEMPT;

    static {
        try {
            ATTEMPT = MethodHandles.lookup().findVarHandle(FastOpenSocketChannel.class, "attempt", Attempt.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final FastOpenChannels channels;
    private volatile Attempt attempt;

    FastOpenSocketChannel(SelectorProvider provider, FastOpenChannels channels) throws IOException {
        super(provider);
        this.channels = channels;
    }

    FastOpenSocketChannel(SelectorProvider provider, ProtocolFamily family, FastOpenChannels channels)
            throws IOException {
        super(provider, family);
        this.channels = channels;
    }

    // -- connect

    @Override
    public boolean connect(SocketAddress remote) throws IOException {
        Attempt begun = beginAttempt(remote);
        if (begun == null) {
            return connectOrSayPending(remote);
        }
        boolean connected = false;
        boolean completed = false;
        try {
            connected = super.connect(remote);
            completed = true;
        } finally {
            if (!completed) {
                abandon(begun);
            }
        }
        return connected ? connected(begun) : pending(begun);
    }

    @Override
    protected void adaptorConnect(SocketAddress remote, long nanos) throws IOException {
        Attempt begun = beginAttempt(remote);
        boolean completed = false;
        try {
            super.adaptorConnect(remote, nanos);
            completed = true;
        } finally {
            if (begun != null && !completed) {
                abandon(begun);
            }
        }
        if (begun != null) {
            connected(begun);
        }
    }

    /** The attempt that this call of connect begins, or null if the connect is to be the JDK's own. */
    private Attempt beginAttempt(SocketAddress remote) {
        if (!(remote instanceof InetSocketAddress) || ((InetSocketAddress) remote).isUnresolved()
                || attempt != null || super.isConnected() || super.isConnectionPending()) {
            return null;
        }
        InetSocketAddress destination = (InetSocketAddress) remote;
        Decision decision = channels.destinations().decide(destination);
        if (decision == Decision.LEAVE_ALONE) {
            return null;
        }
        NativeTcpSocket socket = new NativeTcpSocket(getFDVal());
        Deferral deferral = decision == Decision.DEFER
            ? Deferral.deferrable(socket, !isBlocking())
            : Deferral.ordinary(socket);
        Attempt begun = new Attempt(deferral, destination, channels.destinations());
        if (!ATTEMPT.compareAndSet(this, null, begun)) {
            return null;
        }
        // A close that came before the line above has not seen the attempt; isOpen() then is false already.
        if (isOpen()) {
            deferral.arm();
        }
        return begun;
    }

    /** A second connect meets the JDK's "already connected" where the application must still see "pending". */
    private boolean connectOrSayPending(SocketAddress remote) throws IOException {
        try {
            return super.connect(remote);
        } catch (AlreadyConnectedException e) {
            if (isConnectionPending()) {
                throw new ConnectionPendingException();
            }
            throw e;
        }
    }

    /** The JDK refused or failed to connect. Where the channel is still open, another connect may follow. */
    private void abandon(Attempt begun) {
        if (isOpen()) {
            begun.deferral().disarm();
        }
        ATTEMPT.compareAndSet(this, begun, null);
    }

    /** connect(2) has returned 0. */
    private boolean connected(Attempt begun) {
        Deferral deferral = begun.deferral();
        if (deferral.isConcealed()) {
            deferral.held();
        } else {
            deferral.heldUnlessEstablished();
        }
        begun.openWindow(channels.windowMillis());
        return !deferral.isConcealed();
    }

    /** The handshake is under way as ever. */
    private boolean pending(Attempt begun) {
        begun.deferral().notHeld();
        return false;
    }

    @Override
    public boolean finishConnect() throws IOException {
        while (true) {
            Attempt current = attempt;
            if (current == null || !current.deferral().isConcealed() || !isOpen()) {
                return super.finishConnect();
            }
            switch (current.phase()) {
                case HELD:
                    current.deferral().reveal();
                    return true;
                case SYN_SENT:
                case ESTABLISHED:
                case FAILED:
                    return finishReleasedConnect(current);
                default:
                    finishConnectOfTheJdk(current);
            }
        }
    }

    /** The window elapsed before finishConnect was called: from then on this is a pending connect like any other. */
    private boolean finishReleasedConnect(Attempt current) throws IOException {
        if (isBlocking()) {
            awaitPeer(current, false, NO_DEADLINE);
        }
        switch (current.deferral().poll()) {
            case ESTABLISHED:
                current.deferral().reveal();
                drop(current);
                return true;
            case FAILED:
                throw connectFailed(current);
            default:
                return false;
        }
    }

    /** Another thread is inside connect: the JDK's finishConnect waits for it, and may then find itself too late. */
    private void finishConnectOfTheJdk(Attempt current) throws IOException {
        try {
            super.finishConnect();
        } catch (NoConnectionPendingException e) {
            if (!isConnectionPending()) {
                throw e;
            }
        }
    }

    @Override
    public boolean isConnected() {
        Attempt current = attempt;
        return (current == null || !current.deferral().isConcealed()) && super.isConnected();
    }

    @Override
    public boolean isConnectionPending() {
        Attempt current = attempt;
        return super.isConnectionPending()
            || current != null && current.deferral().isConcealed() && super.isConnected();
    }

    // -- read

    @Override
    public int read(ByteBuffer dst) throws IOException {
        Attempt current = attempt;
        if (current == null) {
            return super.read(dst);
        }
        return (int) readFirst(current, dst.hasRemaining(), NO_DEADLINE, deadline -> super.read(dst));
    }

    @Override
    public long read(ByteBuffer[] dsts, int offset, int length) throws IOException {
        Attempt current = attempt;
        if (current == null) {
            return super.read(dsts, offset, length);
        }
        Objects.checkFromIndexSize(offset, length, dsts.length);
        boolean room = false;
        for (int i = offset; i < offset + length; i++) {
            room |= dsts[i].hasRemaining();
        }
        return readFirst(current, room, NO_DEADLINE, deadline -> super.read(dsts, offset, length));
    }

    @Override
    protected int adaptorRead(byte[] bytes, int offset, int length, long nanos) throws IOException {
        Attempt current = attempt;
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
                current.releaseUnwritten();
                awaitPeer(current, true, deadline);
            }
            throwIfFailed(current);
            if (current.halfClose().isRequested(HalfClose.Direction.INPUT)) {
                return END_OF_STREAM;
            }
            if (current.phase() == Phase.ESTABLISHED) {
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
        Attempt current = attempt;
        if (current == null) {
            return super.write(src);
        }
        return (int) writeFirst(current, new ByteBuffer[] {src}, 0, 1, () -> super.write(src));
    }

    @Override
    public long write(ByteBuffer[] srcs, int offset, int length) throws IOException {
        Attempt current = attempt;
        if (current == null) {
            return super.write(srcs, offset, length);
        }
        Objects.checkFromIndexSize(offset, length, srcs.length);
        return writeFirst(current, srcs, offset, length, () -> super.write(srcs, offset, length));
    }

    @Override
    protected void adaptorWrite(byte[] bytes, int offset, int length) throws IOException {
        Attempt current = attempt;
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
            long remaining = remaining(srcs, offset, length);
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
            throwIfFailed(current);
            return sent + rest.write();
        } finally {
            if (current.phase() == Phase.ESTABLISHED) {
                drop(current);
            }
            current.writeLock.unlock();
        }
    }

    private long observeWrite(Attempt current, boolean clientHello, JdkWrite write) throws IOException {
        long n = write.write();
        if (n > 0) {
            current.began(clientHello);
            ATTEMPT.compareAndSet(this, current, null);
        }
        return n;
    }

    /** Sends the SYN with a ClientHello, or without anything else. */
    private int mergeOrRelease(Attempt current, ByteBuffer[] srcs, int offset, int length) throws IOException {
        byte[] flight = ClientHello.copyFrom(srcs, offset, length);
        if (flight == null) {
            current.releaseUnwritten();
            return 0;
        }
        current.began(true);
        boolean blocking = isBlocking();
        int sent = 0;
        if (blocking) {
            begin();
        }
        try {
            sent = sendFirstFlight(current, flight);
        } finally {
            if (blocking) {
                end(sent > 0);
            }
        }
        skip(srcs, offset, sent);
        return sent;
    }

    private int sendFirstFlight(Attempt current, byte[] flight) throws IOException {
        try {
            return current.sendFirstFlight(flight);
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    @Override
    protected void beforeUnseenWrite() {
        Attempt current = attempt;
        if (current != null) {
            current.releaseUnwritten();
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
        Attempt current = attempt;
        if (current != null && isConnected()) {
            current.releaseUnwritten();
            if (current.deferral().poll() == Phase.SYN_SENT) {
                current.halfClose().request(direction, this::shutDownNow);
                return this;
            }
        }
        shutDownNow(direction);
        return this;
    }

    private void shutDownNow(HalfClose.Direction direction) throws IOException {
        if (direction == HalfClose.Direction.INPUT) {
            super.shutdownInput();
        } else {
            super.shutdownOutput();
        }
    }

    // -- the peer's first sign

    /** Waits, in blocking mode, until the peer has been heard from or the connection has failed. */
    private void awaitPeer(Attempt current, boolean toRead, long deadline) throws IOException {
        if (current.phase() != Phase.SYN_SENT) {
            return;
        }
        begin();
        current.enterWait();
        try {
            while (isOpen() && !(toRead && current.halfClose().isRequested(HalfClose.Direction.INPUT))) {
                if (toRead) {
                    parkUntilReadable(sliceBefore(deadline));
                } else {
                    parkUntilWritable(sliceBefore(deadline));
                }
                if (current.deferral().poll() != Phase.SYN_SENT) {
                    return;
                }
            }
        } finally {
            current.leaveWait();
            end(isOpen());
        }
    }

    /** How long to wait before a look at the channel's state, in ns: a close may fail to wake a waiting thread. */
    private static long sliceBefore(long deadline) throws SocketTimeoutException {
        if (deadline == NO_DEADLINE) {
            return WAIT_SLICE_NANOS;
        }
        long left = deadline - System.nanoTime();
        if (left <= 0) {
            throw new SocketTimeoutException("Read timed out");
        }
        return Math.min(left, WAIT_SLICE_NANOS);
    }

    /** Throws what connect would have thrown. */
    private void throwIfFailed(Attempt current) throws IOException {
        if (current.deferral().poll() == Phase.FAILED) {
            throw connectFailed(current);
        }
    }

    /** As a connect that fails, this closes the channel. */
    private IOException connectFailed(Attempt current) throws IOException {
        IOException failure = Errno.connectFailure(current.deferral().failure());
        close();
        return failure;
    }

    /** From here on the channel is the JDK's, unless a writer is still between two parts of what it writes. */
    private boolean dropUnlessWriting(Attempt current) {
        if (current.writeLock.tryLock()) {
            try {
                return drop(current);
            } finally {
                current.writeLock.unlock();
            }
        }
        return false;
    }

    private boolean drop(Attempt current) {
        current.halfClose().carryOut();
        return ATTEMPT.compareAndSet(this, current, null);
    }

    private void checkRevealed(Attempt current) throws IOException {
        if (current.deferral().isConcealed()) {
            if (!isOpen()) {
                throw new ClosedChannelException();
            }
            throw new NotYetConnectedException();
        }
    }

    @Override
    protected void implCloseSelectableChannel() throws IOException {
        Attempt current = attempt;
        if (current != null) {
            current.close();
        }
        super.implCloseSelectableChannel();
    }

    /** The JDK's names the superclass, which it takes to be {@code SocketChannel}. */
    @Override
    public String toString() {
        String jdk = super.toString();
        return SocketChannel.class.getName() + jdk.substring(jdk.indexOf('['));
    }

    private static long remaining(ByteBuffer[] buffers, int offset, int length) {
        long remaining = 0;
        for (int i = offset; i < offset + length; i++) {
            remaining += buffers[i].remaining();
        }
        return remaining;
    }

    /** The time left for a read of the socket adaptor, in ns; 0 stands for no timeout there. */
    private static long remaining(long deadline) {
        return deadline == NO_DEADLINE ? 0 : Math.max(1, deadline - System.nanoTime());
    }

    private static void skip(ByteBuffer[] buffers, int offset, int count) {
        int left = count;
        for (int i = offset; left > 0; i++) {
            int part = Math.min(left, buffers[i].remaining());
            buffers[i].position(buffers[i].position() + part);
            left -= part;
        }
    }

    private interface JdkRead {
        long until(long deadline) throws IOException;
    }

    private interface JdkWrite {
        long write() throws IOException;
    }
}
