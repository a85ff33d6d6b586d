package io.github.niofastopen.channel;

import io.github.niofastopen.deferral.ClientHello;
import io.github.niofastopen.deferral.Deferral;
import io.github.niofastopen.deferral.Phase;
import io.github.niofastopen.destinations.Destinations.Decision;
import io.github.niofastopen.linux.Errno;
import io.github.niofastopen.linux.NativeTcpSocket;
import io.github.niofastopen.outcome.Outcome;
import io.github.niofastopen.outcome.Report;
import java.io.FileDescriptor;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.AlreadyConnectedException;
import java.nio.channels.ClosedByInterruptException;
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
    /** The local address after a reconnect, which the JDK doesn't know of. */
    private volatile InetSocketAddress relocated;

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
    public SocketChannel bind(SocketAddress local) throws IOException {
        if (attempt != null && isOpen() && isConnectionPending()) {
            throw new ConnectionPendingException();
        }
        return super.bind(local);
    }

    @Override
    public boolean connect(SocketAddress remote) throws IOException {
        Attempt begun = beginAttempt(remote);
        if (begun == null) {
            return connectOrSayPending(remote);
        }
        boolean connected = false;
        boolean completed = false;
        try {
            if (needsOurWait(begun)) {
                super.adaptorConnect(remote, NO_DEADLINE);
                connected = true;
            } else {
                connected = super.connect(remote);
            }
            completed = true;
            return connected ? connected(begun) : pending(begun);
        } finally {
            endConnect(begun, completed);
        }
    }

    /**
     * A blocking connect(2) can't be helped when the path loses its SYN. The adaptor's connect waits in {@link #park}
     * instead, which is worth some system calls until the path is known.
     */
    private boolean needsOurWait(Attempt begun) {
        return begun.phase() == Phase.ARMED && isBlocking()
            && !channels.paths().isCleared(begun.remoteAddress());
    }

    @Override
    protected void adaptorConnect(SocketAddress remote, long nanos) throws IOException {
        Attempt begun = beginAttempt(remote);
        if (begun == null) {
            super.adaptorConnect(remote, nanos);
            return;
        }
        boolean completed = false;
        try {
            super.adaptorConnect(remote, nanos);
            completed = true;
            connected(begun);
        } finally {
            endConnect(begun, completed);
        }
    }

    /**
     * The attempt that this call of connect begins, or null if the connect is to be the JDK's own. Its locks are held until
     * {@link #endConnect}: to the JDK the channel is connected before this class knows whether the SYN was held back, and
     * whatever another thread wrote in between would ride in it.
     */
    private Attempt beginAttempt(SocketAddress remote) {
        if (!(remote instanceof InetSocketAddress) || ((InetSocketAddress) remote).isUnresolved()
                || attempt != null || super.isConnected() || super.isConnectionPending()) {
            return null;
        }
        InetSocketAddress destination = (InetSocketAddress) remote;
        Decision decision = channels.isOn() ? channels.destinations().decide(destination) : Decision.LEAVE_ALONE;
        Outcome whyNot = whyNot(decision, destination);
        if (whyNot != null) {
            channels.reports().ended(channels.reports().begin(), Report.untried(destination, whyNot));
        }
        if (decision == Decision.LEAVE_ALONE) {
            return null;
        }
        NativeTcpSocket socket = new NativeTcpSocket(getFDVal());
        Deferral deferral = whyNot == null
            ? Deferral.deferrable(socket, destination, !isBlocking(),
                channels.paths().isCleared(destination.getAddress()), this::relocate)
            : Deferral.ordinary(socket, destination);
        Attempt begun = new Attempt(deferral, destination, storedLocalAddress() != null, this::localAddressNow, channels);
        begun.readLock.lock();
        begun.writeLock.lock();
        if (!ATTEMPT.compareAndSet(this, null, begun)) {
            return null;
        }
        // A close that came before the line above has not seen the attempt; isOpen() then is false already.
        if (isOpen() && Errno.refusesFastOpen(deferral.arm())) {
            channels.setRefused();
            begun.report(Outcome.UNSUPPORTED);
        }
        return begun;
    }

    /** Why Fast Open isn't to be tried, or null. */
    private Outcome whyNot(Decision decision, InetSocketAddress destination) {
        if (decision != Decision.DEFER) {
            return Outcome.LEFT_ALONE;
        }
        if (channels.isRefused()) {
            return Outcome.UNSUPPORTED;
        }
        return channels.paths().avoid(destination.getAddress()) ? Outcome.AVOIDED : null;
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

    private void endConnect(Attempt begun, boolean completed) {
        if (!completed) {
            abandon(begun);
        }
        begun.writeLock.unlock();
        begun.readLock.unlock();
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
        learnWhetherHeld(begun);
        begun.openWindow();
        begun.poll();
        return !begun.deferral().isConcealed();
    }

    private static void learnWhetherHeld(Attempt begun) {
        if (begun.deferral().isConcealed()) {
            begun.deferral().held();
        } else {
            begun.deferral().heldUnlessEstablished();
        }
    }

    /** A SYN that asks for a cookie has left. */
    private boolean pending(Attempt begun) {
        begun.deferral().asked();
        begun.departed();
        return false;
    }

    /** A reconnect has taken another local port; called under the deferral's monitor, so the descriptor is still ours. */
    private void relocate() {
        relocated = localAddressOfDescriptor();
    }

    /** The JDK stores it when it has completed its connect, which may be later; a socket without a connection has none. */
    private InetAddress localAddressNow(Deferral deferral) {
        InetSocketAddress stored = storedLocalAddress();
        InetSocketAddress local = stored == null ? deferral.whileOpen(this::localAddressOfDescriptor) : stored;
        return local == null || local.getAddress().isAnyLocalAddress() ? null : local.getAddress();
    }

    @Override
    protected SocketAddress localAddress(SocketAddress stored) {
        Attempt current = attempt;
        if (current != null && current.deferral().isConcealed() && !current.isBound()) {
            return null;
        }
        InetSocketAddress now = relocated;
        return stored == null || now == null ? stored : now;
    }

    @Override
    protected boolean parkWhileConnecting(long nanos) throws IOException {
        Attempt current = attempt;
        if (current == null || !super.isConnectionPending()) {
            return false;
        }
        if (current.phase() == Phase.ARMED) {
            pending(current);
        }
        if (!current.phase().awaitsPeer()) {
            return false;
        }
        long deadline = nanos <= 0 || nanos == NO_DEADLINE ? NO_DEADLINE : System.nanoTime() + nanos;
        current.waiters().enter();
        try {
            while (isOpen() && current.poll().awaitsPeer()) {
                long left = deadline == NO_DEADLINE ? WAIT_SLICE_NANOS : deadline - System.nanoTime();
                if (left <= 0) {
                    return true;
                }
                parkUntilWritable(Math.min(left, slice(current)));
            }
        } finally {
            current.waiters().leave();
        }
        if (hasFailedUnknownToSocket(current)) {
            throw Errno.connectFailure(current.deferral().failure());
        }
        return true;
    }

    /** Whether a connection failed before a SYN could leave: the socket has no error then for the JDK to find. */
    private static boolean hasFailedUnknownToSocket(Attempt current) {
        return current.phase() == Phase.FAILED && current.deferral().failure() != 0;
    }

    @Override
    protected boolean isReady() {
        Attempt current = attempt;
        if (current == null) {
            return true;
        }
        if (current.phase() == Phase.HELD) {
            current.announce();
        }
        return isOpen() && (!current.phase().awaitsPeer() || !current.poll().awaitsPeer());
    }

    @Override
    public boolean finishConnect() throws IOException {
        while (true) {
            Attempt current = attempt;
            if (current == null || !isOpen()) {
                return super.finishConnect();
            }
            if (!current.deferral().isConcealed()) {
                return finishPendingConnect(current);
            }
            switch (current.phase()) {
                case HELD:
                    current.deferral().reveal();
                    return true;
                case SYN_SENT:
                case RECONNECTING:
                case ESTABLISHED:
                case FAILED:
                    return finishReleasedConnect(current);
                default:
                    finishConnectOfTheJdk(current);
            }
        }
    }

    /** The JDK's own connect is pending; the SYN with which it began may be in want of another. */
    private boolean finishPendingConnect(Attempt current) throws IOException {
        if (isBlocking()) {
            // The JDK would take the moment between two SYNs for the connection's end.
            awaitPeer(current, false, NO_DEADLINE);
        } else if (current.poll().awaitsPeer() && super.isConnectionPending()) {
            return false;
        }
        if (super.isConnectionPending() && hasFailedUnknownToSocket(current)) {
            throw connectFailed(current);
        }
        return super.finishConnect();
    }

    /**
     * The window elapsed before finishConnect was called: from then on this is a pending connect like any other, unless a
     * selector has shown it as one that can be finished.
     */
    private boolean finishReleasedConnect(Attempt current) throws IOException {
        if (isBlocking() && !current.isAnnounced()) {
            awaitPeer(current, false, NO_DEADLINE);
        }
        switch (current.poll()) {
            case ESTABLISHED:
                current.deferral().reveal();
                drop(current);
                return true;
            case FAILED:
                throw connectFailed(current);
            case CLOSED:
                return super.finishConnect();
            default:
                if (current.isAnnounced()) {
                    current.deferral().reveal();
                }
                return current.isAnnounced();
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
        return isToBeShut(HalfClose.Direction.INPUT) && isOpen() ? END_OF_STREAM
            : (int) readFirst(current, dst.hasRemaining(), NO_DEADLINE, deadline -> super.read(dst));
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
        return isToBeShut(HalfClose.Direction.INPUT) && isOpen() ? END_OF_STREAM
            : readFirst(current, room, NO_DEADLINE, deadline -> super.read(dsts, offset, length));
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
            if (pollOrThrow(current).awaitsPeer()) {
                // A write of the JDK's might overtake a first flight that has to be sent again.
                ensureOpen();
                return sent;
            }
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
        skip(srcs, offset, sent);
        return sent;
    }

    @Override
    protected boolean takesUrgentWrite() throws IOException {
        Attempt current = attempt;
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
        Attempt current = attempt;
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
        if (super.isConnected()) {
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
        Attempt current = attempt;
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
        Attempt current = attempt;
        return current != null && current.halfClose().isRequested(direction);
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
        if (!current.phase().awaitsPeer()) {
            return;
        }
        begin();
        current.waiters().enter();
        try {
            // Who has entered keeps the attempt from being dropped, and the descriptor from being given back.
            while (isOpen() && attempt == current
                    && !(toRead && current.halfClose().isRequested(HalfClose.Direction.INPUT))) {
                parkUntilHeardFrom(current, toRead, Math.min(slice(current), untilTimeout(deadline)));
                if (!current.poll().awaitsPeer()) {
                    return;
                }
            }
        } finally {
            current.waiters().leave();
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
    private static long slice(Attempt current) {
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
    private void awaitPeerOfTransfer(Attempt current) throws IOException {
        boolean interrupted = false;
        current.waiters().enter();
        try {
            while (isOpen() && attempt == current && !interrupted && current.poll().awaitsPeer()) {
                parkUntilWritable(slice(current));
                interrupted = Thread.currentThread().isInterrupted();
            }
        } finally {
            current.waiters().leave();
        }
        if (interrupted) {
            close();
            throw new ClosedByInterruptException();
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
    private Phase pollOrThrow(Attempt current) throws IOException {
        Phase phase = current.poll();
        if (phase == Phase.FAILED) {
            throw connectFailure(current);
        }
        return phase;
    }

    /** What finishConnect throws: that closes the channel. */
    private IOException connectFailed(Attempt current) throws IOException {
        IOException failure = connectFailure(current);
        close();
        return failure;
    }

    private static IOException connectFailure(Attempt current) {
        int failure = current.deferral().failure();
        return failure == 0 ? new ClosedChannelException() : Errno.connectFailure(failure, current.remote());
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
        return current.waiters().ifNone(() -> {
            // Before the channel's close can fail to see it.
            current.deferral().close(false);
            return ATTEMPT.compareAndSet(this, current, null);
        });
    }

    private void ensureOpen() throws ClosedChannelException {
        if (!isOpen()) {
            throw new ClosedChannelException();
        }
    }

    private void checkRevealed(Attempt current) throws IOException {
        if (current.deferral().isConcealed() || super.isConnectionPending()) {
            ensureOpen();
            throw new NotYetConnectedException();
        }
    }

    @Override
    protected void implCloseSelectableChannel() throws IOException {
        Attempt current = attempt;
        try {
            if (current != null) {
                current.close();
            }
        } finally {
            super.implCloseSelectableChannel();
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
