// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.channel;

import io.github.niofastopen.attempt.Deferral;
import io.github.niofastopen.attempt.Phase;
import io.github.niofastopen.destinations.Destinations.Decision;
import io.github.niofastopen.linux.Errno;
import io.github.niofastopen.linux.NativeTcpSocket;
import io.github.niofastopen.outcome.Outcome;
import io.github.niofastopen.outcome.Report;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.nio.channels.AlreadyConnectedException;
import java.nio.channels.ConnectionPendingException;
import java.nio.channels.NoConnectionPendingException;
import java.nio.channels.NotYetConnectedException;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.SelectorProvider;

/**
 * Connects, and tells how far the connect has come. In a non-blocking deferred connect the JDK's own state is "connected"
 * while the application is still to see "connection pending": {@link #isConnected} and {@link #isConnectionPending} tell
 * the latter, and the JDK's selector asks them.
 */
abstract class ConnectingChannel extends AwaitingChannel {
    final FastOpenChannels channels;
    /** The local address after a reconnect, which the JDK doesn't know of. */
    private volatile InetSocketAddress relocated;

    ConnectingChannel(SelectorProvider provider, FastOpenChannels channels) throws IOException {
        super(provider);
        this.channels = channels;
    }

    ConnectingChannel(SelectorProvider provider, ProtocolFamily family, FastOpenChannels channels) throws IOException {
        super(provider, family);
        this.channels = channels;
    }

    @Override
    public SocketChannel bind(SocketAddress local) throws IOException {
        if (attempt() != null && isOpen() && isConnectionPending()) {
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
                || attempt() != null || super.isConnected() || super.isConnectionPending()) {
            return null;
        }
        InetSocketAddress destination = (InetSocketAddress) remote;
        Decision decision = channels.isOn() ? channels.destinations().decide(destination) : Decision.LEAVE_ALONE;
        Outcome whyNot = whyNot(decision, destination);
        if (whyNot != null) {
            channels.reports().ended(channels.reports().begin(), Report.untried(destination, whyNot));
        }
        if (decision == Decision.LEAVE_ALONE || whyNot != null && !channels.destinations().learnsFrom(destination)) {
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
        if (!tryBegin(begun)) {
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
        if (channels.cookieRequests().isPaused(destination)) {
            return Outcome.NOT_GRANTED;
        }
        // The one who asks whether a path is avoided may be the one who is to try it.
        if (channels.paths().avoid(destination.getAddress())) {
            return Outcome.AVOIDED;
        }
        channels.cookieRequests().asking(destination);
        return null;
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
            if (isOpen()) {
                // The JDK has refused: another connect may follow.
                begun.deferral().disarm();
            }
            abandon(begun);
        }
        begun.writeLock.unlock();
        begun.readLock.unlock();
    }

    /** connect(2) has returned 0. */
    private boolean connected(Attempt begun) {
        learnWhetherHeld(begun);
        begun.openWindow();
        begun.poll();
        return !begun.deferral().isConcealed();
    }

    final void learnWhetherHeld(Attempt begun) {
        if (begun.deferral().isConcealed()) {
            begun.deferral().held();
        } else {
            begun.deferral().heldUnlessEstablished(channels.paths().carriedData(begun.remoteAddress()) && begun.tookNoTime());
        }
    }

    /** A SYN that asks for a cookie has left. */
    private boolean pending(Attempt begun) {
        begun.asked();
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
        Attempt current = attempt();
        if (current != null && current.deferral().isConcealed() && !current.isBound()) {
            return null;
        }
        InetSocketAddress now = relocated;
        return stored == null || now == null ? stored : now;
    }

    @Override
    protected boolean parkWhileConnecting(long nanos) throws IOException {
        Attempt current = attempt();
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
        if (!current.waiters().enter()) {
            return true;
        }
        try {
            while (isOpen() && current.poll().awaitsPeer()) {
                long left = deadline == NO_DEADLINE ? WAIT_SLICE_NANOS : deadline - System.nanoTime();
                if (left <= 0) {
                    return true;
                }
                parkUntilWritable(Math.min(left, slice(current)));
            }
        } finally {
            leave(current);
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
        Attempt current = attempt();
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
            Attempt current = attempt();
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
        Attempt current = attempt();
        return (current == null || !current.deferral().isConcealed()) && super.isConnected();
    }

    @Override
    public boolean isConnectionPending() {
        Attempt current = attempt();
        return super.isConnectionPending()
            || current != null && current.deferral().isConcealed() && super.isConnected();
    }

    /** Whether the JDK takes the channel for connected, shown to the application or not. */
    final boolean isConnectedToTheJdk() {
        return super.isConnected();
    }

    final void checkRevealed(Attempt current) throws IOException {
        if (current.deferral().isConcealed() || super.isConnectionPending()) {
            ensureOpen();
            throw new NotYetConnectedException();
        }
    }
}
