// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.channel;

import static io.github.niofastopen.attempt.FirstExchange.NO_DEADLINE;

import io.github.niofastopen.attempt.Attempt;
import io.github.niofastopen.attempt.Attempts;
import io.github.niofastopen.attempt.HalfClose.Direction;
import io.github.niofastopen.attempt.NoDelay;
import io.github.niofastopen.attempt.Phase;
import io.github.niofastopen.attempt.Untried;
import io.github.niofastopen.destinations.Verdict;
import java.io.FileDescriptor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.AlreadyConnectedException;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ConnectionPendingException;
import java.nio.channels.IllegalBlockingModeException;
import java.nio.channels.NoConnectionPendingException;
import java.nio.channels.NotYetConnectedException;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.SelectorProvider;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import sun.nio.ch.SocketChannelBridge;

/**
 * The JDK's socket channel, except between connect and the first sign of the peer. In that time a {@link PendingConnect}
 * exists, whose attempt decides with what the SYN leaves; afterwards every call is the JDK's own, at the price of reading one
 * field.
 */
public final class FastOpenSocketChannel extends SocketChannelBridge {
    private static final AtomicReferenceFieldUpdater<FastOpenSocketChannel, PendingConnect> PENDING =
        AtomicReferenceFieldUpdater.newUpdater(FastOpenSocketChannel.class, PendingConnect.class, "pending");
    /** Of a connect that is the channel's own, and not its socket's. */
    private static final long OF_CHANNEL = -1;

    private final Attempts attempts;
    /** Null while the channel is the JDK's alone. */
    private volatile PendingConnect pending;
    /** The local address after a reconnect, which the JDK doesn't know of. */
    private volatile InetSocketAddress relocated;
    private volatile boolean portChosen;

    FastOpenSocketChannel(SelectorProvider provider, Attempts attempts) throws IOException {
        super(provider);
        this.attempts = attempts;
    }

    FastOpenSocketChannel(SelectorProvider provider, ProtocolFamily family, Attempts attempts) throws IOException {
        super(provider, family);
        this.attempts = attempts;
    }

    // -- read

    @Override
    public int read(ByteBuffer dst) throws IOException {
        PendingConnect current = pending;
        if (current == null) {
            return super.read(dst);
        }
        return (int) current.attempt().exchange().read(dst.hasRemaining(), NO_DEADLINE, new JdkTransfer(this, new ByteBuffer[] {dst}, 0, 1));
    }

    @Override
    public long read(ByteBuffer[] dsts, int offset, int length) throws IOException {
        PendingConnect current = pending;
        if (current == null) {
            return super.read(dsts, offset, length);
        }
        Objects.checkFromIndexSize(offset, length, dsts.length);
        return current.attempt().exchange().read(hasRoom(dsts, offset, length), NO_DEADLINE,
            new JdkTransfer(this, dsts, offset, length));
    }

    long readOfTheJdk(ByteBuffer[] dsts, int offset, int length) throws IOException {
        return length == 1 ? super.read(dsts[offset]) : super.read(dsts, offset, length);
    }

    private static boolean hasRoom(ByteBuffer[] dsts, int offset, int length) {
        boolean room = false;
        for (int i = offset; i < offset + length; i++) {
            room |= dsts[i].hasRemaining();
        }
        return room;
    }

    @Override
    protected int adaptorRead(byte[] bytes, int offset, int length, long nanos) throws IOException {
        PendingConnect current = pending;
        if (current == null) {
            return super.adaptorRead(bytes, offset, length, nanos);
        }
        Objects.checkFromIndexSize(offset, length, bytes.length);
        if (!isBlocking()) {
            throw new IllegalBlockingModeException();
        }
        long deadline = nanos > 0 ? System.nanoTime() + nanos : NO_DEADLINE;
        return (int) current.attempt().exchange().read(length > 0, deadline,
            until -> super.adaptorRead(bytes, offset, length, nanosUntil(until)));
    }

    /** The time left for a read of the socket adaptor, in ns; 0 stands for no timeout there. */
    private static long nanosUntil(long deadline) {
        return deadline == NO_DEADLINE ? 0 : Math.max(1, deadline - System.nanoTime());
    }

    // -- write

    @Override
    public int write(ByteBuffer src) throws IOException {
        PendingConnect current = pending;
        if (current == null) {
            return super.write(src);
        }
        ByteBuffer[] srcs = {src};
        return (int) current.attempt().exchange().write(srcs, 0, 1, new JdkTransfer(this, srcs, 0, 1));
    }

    @Override
    public long write(ByteBuffer[] srcs, int offset, int length) throws IOException {
        PendingConnect current = pending;
        if (current == null) {
            return super.write(srcs, offset, length);
        }
        Objects.checkFromIndexSize(offset, length, srcs.length);
        return current.attempt().exchange().write(srcs, offset, length, new JdkTransfer(this, srcs, offset, length));
    }

    long writeOfTheJdk(ByteBuffer[] srcs, int offset, int length) throws IOException {
        return length == 1 ? super.write(srcs[offset]) : super.write(srcs, offset, length);
    }

    @Override
    protected void adaptorWrite(byte[] bytes, int offset, int length) throws IOException {
        PendingConnect current = pending;
        if (current == null) {
            super.adaptorWrite(bytes, offset, length);
            return;
        }
        Objects.checkFromIndexSize(offset, length, bytes.length);
        if (!isBlocking()) {
            throw new IllegalBlockingModeException();
        }
        ByteBuffer src = ByteBuffer.wrap(bytes, offset, length);
        try {
            current.attempt().exchange().writeFully(src, () -> {
                int rest = src.remaining();
                super.adaptorWrite(bytes, src.position(), rest);
                return rest;
            });
        } catch (AsynchronousCloseException e) {
            // SocketChannelImpl.blockingWriteFully, other than write, has no exception of its own for this: it tells write(2)'s.
            throw isOpen() ? new IOException("Broken pipe") : e;
        }
    }

    @Override
    protected boolean takesUrgentWrite() throws IOException {
        PendingConnect current = pending;
        if (current == null) {
            return true;
        }
        checkConnected();
        learnBeforeConnectDoes(current);
        return current.attempt().exchange().takesUrgentWrite();
    }

    /**
     * Sendfile(2) is about to be called, and must neither overtake a first flight that has to be sent again nor meet a
     * socket between two connects. Where it would have to wait, it gets a descriptor that takes nothing.
     *
     * <p>Whoever asks the JDK for the descriptor, and not for its number, as selectors and virtual threads do, comes here:
     * <ul>
     * <li>FileChannelImpl.transferTo, for sendfile(2): in JDK 17 without a lock, later with the write lock of a channel that is
     *     connected (SocketChannelImpl.beforeTransferTo). In blocking mode it waits for the peer here. In the other it finds no room,
     *     and tells that nothing was transferred. Either way a failure is thrown as a write would.
     * <li>SelChImpl.park, to wait. In our own waits, and in the JDK's connect and read, this thread is known, and gets the descriptor
     *     as it is.
     * <li>Park in the JDK's write, or in its finishConnect once {@link #parkWhileConnecting} has left the wait to it: the SYN has been
     *     answered by then, so nothing is waited for here. What has been closed, shut or found to have failed meanwhile is told as that
     *     call would.
     * </ul>
     */
    @Override
    protected FileDescriptor forUnseenWrite(FileDescriptor descriptor) {
        PendingConnect current = pending;
        if (current == null || isWaitOf(current)) {
            return descriptor;
        }
        try {
            releaseForTransfer(current);
            if (isBlocking()) {
                current.attempt().exchange().awaitPeerOfTransfer();
                return descriptor;
            }
            return current.attempt().commitOrThrow().awaitsPeer() ? FullPipe.descriptor() : descriptor;
        } catch (IOException e) {
            // Those who ask for it in order to write declare it.
            throw FastOpenSocketChannel.<RuntimeException>asUnchecked(e);
        }
    }

    /** Whether this thread waits for the peer, or is in the exchange's read, or connects, which has the lock of that. */
    private static boolean isWaitOf(PendingConnect current) {
        return current.attempt().isWaitedForHere() || current.attempt().exchange().isReadHere();
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> T asUnchecked(IOException e) throws T {
        throw (T) e;
    }

    /** The caller may have the JDK's write lock, for which connect may wait: but only once the JDK is connected. */
    private void releaseForTransfer(PendingConnect current) {
        if (super.isConnected()) {
            learnBeforeConnectDoes(current);
        } else if (current.attempt().phase() == Phase.ARMED) {
            current.attempt().exchange().awaitEndOfConnect();
        }
        current.attempt().release();
    }

    /** To the JDK it is connected; but the connect, on another thread, may not have come so far as to know whether the SYN is held back. */
    private static void learnBeforeConnectDoes(PendingConnect current) {
        if (current.attempt().phase() == Phase.ARMED) {
            learnWhetherHeld(current);
        }
    }

    // -- bind and connect

    @Override
    public SocketChannel bind(SocketAddress local) throws IOException {
        if (pending != null && isOpen() && isConnectionPending()) {
            throw new ConnectionPendingException();
        }
        super.bind(local);
        portChosen = local instanceof InetSocketAddress && ((InetSocketAddress) local).getPort() != 0;
        return this;
    }

    @Override
    public boolean connect(SocketAddress remote) throws IOException {
        return connect(remote, OF_CHANNEL);
    }

    @Override
    protected void adaptorConnect(SocketAddress remote, long nanos) throws IOException {
        connect(remote, nanos);
    }

    private boolean connect(SocketAddress remote, long nanos) throws IOException {
        InetSocketAddress destination = destinationToBe(remote);
        if (destination == null) {
            return connectOrSayPending(remote, nanos);
        }
        Verdict verdict = attempts.begin(destination, storedLocalAddress());
        return attempts.learnsFrom(destination, verdict) ? connectByAttempt(destination, verdict, nanos)
            : connectUntried(destination, verdict, nanos);
    }

    /** Where a connect leads to, or null where it will be refused, or isn't one to look at. */
    private InetSocketAddress destinationToBe(SocketAddress remote) {
        boolean connectable = pending == null && isOpen() && !super.isConnected() && !super.isConnectionPending();
        return connectable && remote instanceof InetSocketAddress && !((InetSocketAddress) remote).isUnresolved()
            ? (InetSocketAddress) remote : null;
    }

    /** A second connect meets the JDK's "already connected" where the application must still see "pending". */
    private boolean connectOrSayPending(SocketAddress remote, long nanos) throws IOException {
        try {
            return connectOfTheJdk(remote, nanos);
        } catch (AlreadyConnectedException e) {
            if (isConnectionPending()) {
                throw new ConnectionPendingException();
            }
            throw e;
        }
    }

    private boolean connectOfTheJdk(SocketAddress remote, long nanos) throws IOException {
        if (nanos == OF_CHANNEL) {
            return super.connect(remote);
        }
        super.adaptorConnect(remote, nanos);
        return true;
    }

    private boolean connectUntried(InetSocketAddress remote, Verdict verdict, long nanos) throws IOException {
        Untried untried = attempts.untried(remote, verdict);
        boolean completed = false;
        try {
            boolean connected = connectOfTheJdk(remote, nanos);
            completed = true;
            return connected;
        } finally {
            if (completed || !isOpen()) {
                untried.end();
            }
        }
    }

    private boolean connectByAttempt(InetSocketAddress remote, Verdict verdict, long nanos) throws IOException {
        PendingConnect begun = new PendingConnect(this, attempts, remote, verdict);
        begun.attempt().exchange().beginConnect();
        boolean completed = false;
        try {
            if (!PENDING.compareAndSet(this, null, begun)) {
                return connectOrSayPending(remote, nanos);
            }
            arm(begun);
            if (nanos > 0 && nanos != NO_DEADLINE) {
                begun.attempt().endAfter(TimeUnit.NANOSECONDS.toMillis(nanos));
            }
            boolean connected = nanos == OF_CHANNEL && needsOurWait(begun) ? connectByOurWait(remote) : connectOfTheJdk(remote, nanos);
            completed = true;
            return connected ? connected(begun) : asked(begun);
        } finally {
            endConnect(begun, completed);
        }
    }

    /** A close that came before the attempt was there has not seen it; the channel then is closed already. */
    private void arm(PendingConnect begun) {
        if (isOpen()) {
            begun.attempt().arm();
        }
        if (begun.attempt().phase() != Phase.ARMED) {
            begun.reveal();
        }
    }

    /**
     * A blocking connect(2) can't be helped when the path loses its SYN. The adaptor's connect waits in {@link #park}
     * instead, which is worth some system calls until the path is known.
     */
    private boolean needsOurWait(PendingConnect begun) {
        return begun.attempt().phase() == Phase.ARMED && isBlocking()
            && !attempts.memory().isCleared(begun.attempt().remote().getAddress());
    }

    /** Until the JDK's connect has its locks, another thread may change the mode: then it is the other mode's connect. */
    private boolean connectByOurWait(SocketAddress remote) throws IOException {
        try {
            return connectOfTheJdk(remote, NO_DEADLINE);
        } catch (IllegalBlockingModeException e) {
            return connectOfTheJdk(remote, OF_CHANNEL);
        }
    }

    private void endConnect(PendingConnect begun, boolean completed) {
        if (pending == begun) {
            begun.attempt().endConnect(completed || !isOpen());
            if (!completed) {
                drop(begun);
            }
        }
        begun.attempt().exchange().endConnect();
    }

    /** connect(2) has returned 0. */
    private boolean connected(PendingConnect begun) {
        if (isBlocking()) {
            // That it blocks may be new.
            begun.reveal();
        }
        learnWhetherHeld(begun);
        begun.attempt().openWindow();
        begun.attempt().poll();
        return !begun.isConcealed();
    }

    private static void learnWhetherHeld(PendingConnect begun) {
        if (begun.isConcealed()) {
            begun.attempt().held();
        } else {
            begun.attempt().heldUnlessAnswered();
        }
    }

    /** A SYN that asks for a cookie has left: from now on the JDK's own state is what it is. */
    private static boolean asked(PendingConnect begun) {
        begun.attempt().asked();
        begun.reveal();
        return false;
    }

    @Override
    protected boolean parkWhileConnecting(long nanos) throws IOException {
        PendingConnect current = pending;
        if (current == null || !super.isConnectionPending()) {
            return false;
        }
        Attempt attempt = current.attempt();
        if (attempt.phase() == Phase.ARMED) {
            asked(current);
        }
        if (!attempt.phase().awaitsPeer()) {
            return false;
        }
        attempt.exchange().awaitAnswer(nanos <= 0 || nanos == NO_DEADLINE ? NO_DEADLINE : System.nanoTime() + nanos);
        if (attempt.hasFailedUnknownToSocket()) {
            throw attempt.failureWithoutRemote();
        }
        return true;
    }

    // -- finishConnect

    @Override
    public boolean finishConnect() throws IOException {
        while (true) {
            PendingConnect current = pending;
            if (current == null || !isOpen()) {
                return super.finishConnect();
            }
            if (!current.isConcealed()) {
                return finishPendingConnect(current.attempt());
            }
            Phase phase = current.attempt().phase();
            if (phase == Phase.HELD) {
                current.reveal();
                return true;
            }
            if (phase.followsHold()) {
                return finishReleasedConnect(current);
            }
            finishConnectOfTheJdk();
        }
    }

    /** The JDK's own connect is pending; the SYN with which it began may be in want of another. */
    private boolean finishPendingConnect(Attempt attempt) throws IOException {
        if (!super.isConnectionPending()) {
            // To the JDK it is connected, or isn't connecting: it says so without waiting for the peer.
            return super.finishConnect();
        }
        if (isBlocking()) {
            // The JDK would take the moment between two SYNs for the connection's end.
            attempt.exchange().awaitPeer(false, NO_DEADLINE);
        } else if (attempt.poll().awaitsPeer() && super.isConnectionPending()) {
            return false;
        }
        if (super.isConnectionPending() && attempt.hasFailedUnknownToSocket()) {
            throw connectFailed(attempt);
        }
        return super.finishConnect();
    }

    /**
     * The window elapsed before finishConnect was called: from then on this is a pending connect like any other, unless a
     * selector has shown it as one that can be finished.
     */
    private boolean finishReleasedConnect(PendingConnect current) throws IOException {
        Attempt attempt = current.attempt();
        boolean announced = current.isAnnounced();
        if (isBlocking() && !announced) {
            attempt.exchange().awaitPeer(false, NO_DEADLINE);
        }
        Phase phase = attempt.poll();
        if (phase == Phase.FAILED) {
            throw connectFailed(attempt);
        }
        if (phase == Phase.CLOSED) {
            return super.finishConnect();
        }
        boolean finished = announced || !phase.awaitsPeer();
        if (finished) {
            current.reveal();
        }
        return finished;
    }

    /** Another thread is inside connect: the JDK's finishConnect waits for it, and may then find itself too late. */
    private void finishConnectOfTheJdk() throws IOException {
        try {
            super.finishConnect();
        } catch (NoConnectionPendingException e) {
            if (!isConnectionPending()) {
                throw e;
            }
        }
    }

    /** What finishConnect throws: that closes the channel. */
    private IOException connectFailed(Attempt attempt) throws IOException {
        IOException failure = attempt.failure();
        close();
        return failure;
    }

    // -- what the application and the JDK's selector are told

    @Override
    public boolean isConnected() {
        PendingConnect current = pending;
        return (current == null || !current.isConcealed()) && super.isConnected();
    }

    @Override
    public boolean isConnectionPending() {
        PendingConnect current = pending;
        return super.isConnectionPending() || current != null && current.isConcealed() && super.isConnected();
    }

    @Override
    protected boolean isReady() {
        PendingConnect current = pending;
        if (current == null) {
            return true;
        }
        if (current.attempt().phase() == Phase.HELD) {
            current.announce();
        }
        return isOpen() && !current.attempt().poll().awaitsPeer();
    }

    /** As SocketChannelImpl.ensureOpenAndConnected has it. */
    void checkConnected() throws IOException {
        if (!isConnected()) {
            if (!isOpen()) {
                throw new ClosedChannelException();
            }
            throw new NotYetConnectedException();
        }
    }

    @Override
    protected SocketAddress localAddress(SocketAddress stored) {
        PendingConnect current = pending;
        if (current != null && current.isConcealed() && !current.attempt().isBound()) {
            return null;
        }
        InetSocketAddress now = relocated;
        return stored == null || now == null ? stored : now;
    }

    /** The JDK's names the superclass, which it takes to be {@code SocketChannel}, and tells its own state. */
    @Override
    public String toString() {
        String jdk = super.toString();
        String text = SocketChannel.class.getName() + jdk.substring(jdk.indexOf('['));
        if (isConnectionPending()) {
            return text.replace("[connected", "[connection-pending");
        }
        boolean input = isInputToBeShut() || text.contains(" ishut");
        boolean output = isOutputToBeShut() || text.contains(" oshut");
        return text.replaceFirst("\\[connected( ishut)?( oshut)?", "[connected" + (input ? " ishut" : "") + (output ? " oshut" : ""));
    }

    // -- options

    @Override
    public <T> SocketChannel setOption(SocketOption<T> name, T value) throws IOException {
        NoDelay noDelay = noDelayInChargeOf(name);
        if (noDelay == null || !(value instanceof Boolean)) {
            return super.setOption(name, value);
        }
        noDelay.set((Boolean) value);
        return this;
    }

    @Override
    public <T> T getOption(SocketOption<T> name) throws IOException {
        NoDelay noDelay = noDelayInChargeOf(name);
        return noDelay == null ? super.getOption(name) : name.type().cast(noDelay.get());
    }

    private NoDelay noDelayInChargeOf(SocketOption<?> name) {
        PendingConnect current = pending;
        NoDelay noDelay = current == null || name != StandardSocketOptions.TCP_NODELAY ? null : current.attempt().noDelay();
        return noDelay != null && noDelay.isInCharge() ? noDelay : null;
    }

    boolean isNoDelay() throws IOException {
        return super.getOption(StandardSocketOptions.TCP_NODELAY);
    }

    void setNoDelay(boolean on) throws IOException {
        super.setOption(StandardSocketOptions.TCP_NODELAY, on);
    }

    // -- half-close and close

    @Override
    public SocketChannel shutdownInput() throws IOException {
        return shutDown(Direction.INPUT);
    }

    @Override
    public SocketChannel shutdownOutput() throws IOException {
        return shutDown(Direction.OUTPUT);
    }

    /** shutdown(2) in SYN_SENT disconnects (net/ipv4/af_inet.c, inet_shutdown): it has to wait for the peer. */
    private SocketChannel shutDown(Direction direction) throws IOException {
        PendingConnect current = pending;
        if (current == null || !putsOffShutDown(current, direction)) {
            shutDownNow(direction);
        }
        return this;
    }

    private boolean putsOffShutDown(PendingConnect current, Direction direction) throws IOException {
        checkConnected();
        learnBeforeConnectDoes(current);
        return current.attempt().putsOffShutDown(direction);
    }

    void shutDownNow(Direction direction) throws IOException {
        if (direction == Direction.INPUT) {
            super.shutdownInput();
        } else {
            super.shutdownOutput();
        }
    }

    @Override
    protected boolean isInputToBeShut() {
        return isToBeShut(Direction.INPUT);
    }

    @Override
    protected boolean isOutputToBeShut() {
        return isToBeShut(Direction.OUTPUT);
    }

    private boolean isToBeShut(Direction direction) {
        PendingConnect current = pending;
        return current != null && current.attempt().isToBeShut(direction);
    }

    @Override
    protected void implCloseSelectableChannel() throws IOException {
        PendingConnect current = pending;
        boolean last = true;
        try {
            last = current == null || current.attempt().close();
        } finally {
            if (last) {
                super.implCloseSelectableChannel();
            }
        }
    }

    void finishClose() {
        try {
            super.implCloseSelectableChannel();
        } catch (IOException e) {
            // As of SocketChannelImpl.tryFinishClose, there is nobody to tell.
        }
    }

    void drop(PendingConnect over) {
        PENDING.compareAndSet(this, over, null);
    }

    // -- for the attempt

    void beginWait() {
        begin();
    }

    void endWait(boolean completed) throws IOException {
        end(completed);
    }

    void waitUntilReadable(long nanos) throws IOException {
        parkUntilReadable(nanos);
    }

    void waitUntilWritable(long nanos) throws IOException {
        parkUntilWritable(nanos);
    }

    InetSocketAddress addressStoredByTheJdk() {
        return storedLocalAddress();
    }

    InetSocketAddress addressOfDescriptor() {
        return localAddressOfDescriptor();
    }

    boolean hasChosenPort() {
        return portChosen;
    }

    void relocated(InetSocketAddress now) {
        relocated = now;
    }
}
