// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.attempt;

import io.github.niofastopen.linux.Errno;
import io.github.niofastopen.linux.TcpInfo;
import io.github.niofastopen.linux.TcpSocket;
import io.github.niofastopen.outcome.Outcome;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * The state machine of one connection attempt: when its SYN leaves and with what, and how the attempt goes on without
 * Fast Open where the path doesn't bear it.
 *
 * <p>Every native call on the descriptor is made here, under this object's monitor, and {@link #close} takes the same
 * monitor before the JDK gives the descriptor back: after {@code close} no call of ours can reach a descriptor that has
 * become another connection's. The calls don't block, so the monitor is held for microseconds; for a tick of the kernel's
 * clock where a reconnect meets a descriptor that blocks.
 *
 * <p>Lock order: the JDK channel's locks, then this monitor. Nothing is called out to while it is held, except
 * {@code whenReconnected}.
 */
public final class Deferral {
    private static final byte[] NO_FLIGHT = {};

    private final TcpSocket socket;
    private final InetSocketAddress remote;
    private final boolean pathCleared;
    /** Called when the descriptor has got another local port; takes no lock. */
    private final Runnable whenReconnected;

    private volatile Phase phase;
    /** Whether the application is still to be told that it is connected, by finishConnect. */
    private volatile boolean concealed;
    private volatile Outcome outcome;
    private volatile int rttMicros;
    private volatile boolean neverHeld;

    // -- The following fields are protected by the monitor

    /** What the SYN took, until the peer has been heard from; then what it hasn't been sent after a reconnect. */
    private byte[] flight = NO_FLIGHT;
    /** What the attempt comes to if the SYN is answered as it should be. */
    private Outcome expected = Outcome.NO_COOKIE;
    /** Whether connect is the JDK's own, which completes it. */
    private boolean connectedByJdk;
    /** Whether the phase {@link Phase#HELD} was not the kernel's word. */
    private boolean presumedHeld;
    /** An error that the socket itself doesn't keep, as {@code -errno}; 0 if none. */
    private int failure;

    private Deferral(TcpSocket socket, InetSocketAddress remote, Phase phase, boolean concealed, boolean pathCleared,
            Runnable whenReconnected) {
        this.socket = socket;
        this.remote = remote;
        this.phase = phase;
        this.concealed = concealed;
        this.pathCleared = pathCleared;
        this.whenReconnected = whenReconnected;
    }

    /** An attempt that is the JDK's alone, of which only the first bytes are looked at. */
    public static Deferral ordinary(TcpSocket socket, InetSocketAddress remote) {
        return new Deferral(socket, remote, Phase.ORDINARY, false, false, () -> { });
    }

    /**
     * An attempt that the kernel may hold back.
     *
     * @param concealed whether connect's result is to look pending until finishConnect, as in non-blocking mode
     * @param pathCleared whether the path to the destination is known to carry SYNs with a Fast Open option
     * @param whenReconnected called, under this object's monitor, when the descriptor has got another local port
     */
    public static Deferral deferrable(TcpSocket socket, InetSocketAddress remote, boolean concealed,
            boolean pathCleared, Runnable whenReconnected) {
        return new Deferral(socket, remote, Phase.ARMED, concealed, pathCleared, whenReconnected);
    }

    public Phase phase() {
        return phase;
    }

    /** Whether the application is still to see a pending connection. */
    public boolean isConcealed() {
        return concealed;
    }

    /** The application has been told that it is connected. */
    public void reveal() {
        concealed = false;
    }

    /** What became of Fast Open, or null as long as that isn't known. */
    public Outcome outcome() {
        return outcome;
    }

    /** Whether a SYN that was taken for one that is held back had left without data, and been answered. */
    public boolean wasNeverHeld() {
        return neverHeld;
    }

    /** The round-trip time of the SYN that was answered, in microseconds; 0 if unknown. */
    public int rttMicros() {
        return rttMicros;
    }

    /**
     * Asks the kernel to hold the SYN back, before connect(2). Where it refuses, the attempt is an ordinary one.
     *
     * @return 0 or {@code -errno}
     */
    public synchronized int arm() {
        if (phase != Phase.ARMED) {
            return Errno.EBADF.asResult();
        }
        int result = socket.setFastOpenConnect(true);
        if (result < 0) {
            moveToOrdinary();
        }
        return result;
    }

    /** connect(2) was refused before it began: takes the option back, so that another attempt finds the socket as it was. */
    public synchronized void disarm() {
        if (phase == Phase.ARMED) {
            socket.setFastOpenConnect(false);
            moveToOrdinary();
        }
    }

    /** connect(2) has sent a SYN that asks for a cookie: the connection is being set up as ever. */
    public synchronized void asked() {
        if (phase == Phase.ARMED) {
            moveTo(Phase.ASKED);
            connectedByJdk = true;
            concealed = false;
        }
    }

    /** connect(2) has returned at once in non-blocking mode: the SYN is held back. */
    public synchronized void held() {
        if (phase == Phase.ARMED) {
            moveTo(Phase.HELD);
        }
    }

    /**
     * connect(2) has returned in blocking mode: at once, because the SYN is held back, or after the handshake. Only the
     * kernel can tell which. Where it is all but certain, that question is left to the one that follows the first flight
     * anyway, which may be sent in either case; before anything else that is done to a SYN that is held back, it is asked.
     *
     * @param allButCertainlyHeld whether the SYN of the connection before took data, and connect no time
     */
    public synchronized void heldUnlessEstablished(boolean allButCertainlyHeld) {
        if (phase != Phase.ARMED) {
            return;
        }
        if (allButCertainlyHeld) {
            presumedHeld = true;
            moveTo(Phase.HELD);
            return;
        }
        TcpInfo info = socket.info();
        if (info.isSynSent()) {
            moveTo(Phase.HELD);
        } else if (info.isClosed() && !info.wasAnswered()) {
            moveToOrdinary();
        } else {
            connectedByJdk = true;
            heardFrom(info);
        }
    }

    /**
     * Sends the SYN that is held back with as much of the first flight as it can carry.
     *
     * @return how many bytes were taken; 0 if none, because the SYN isn't held back any more, or couldn't leave
     */
    public synchronized int sendFirstFlight(byte[] first) {
        if (phase != Phase.HELD) {
            return 0;
        }
        moveTo(Phase.SYN_SENT);
        int result = socket.send(first, 0, first.length);
        if (result >= 0) {
            expected = result < first.length ? Outcome.TOO_LARGE : Outcome.ACCEPTED;
            flight = result < first.length ? Arrays.copyOf(first, result) : first;
            return result;
        }
        reconnectUnlessDeparted(result);
        // If it has departed, the cookie was gone since connect: an ordinary SYN took nothing.
        return 0;
    }

    /**
     * Sends the SYN that is held back without data, if it still is.
     *
     * @param reason what this makes of the attempt
     * @return whether it was taken for one that is held back
     */
    public synchronized boolean release(Outcome reason) {
        if (phase != Phase.HELD) {
            return false;
        }
        if (presumedHeld && noticeAnswer()) {
            return true;
        }
        expected = reason;
        moveTo(Phase.SYN_SENT);
        reconnectUnlessDeparted(socket.sendBareSyn());
        return true;
    }

    /** A connection that wasn't held back may have met its own end: that is for the application to see. */
    private void reconnectUnlessDeparted(int result) {
        if (!hasDeparted(result) && !(presumedHeld && socket.info().wasAnswered())) {
            reconnect(reasonOf(result));
        }
    }

    /**
     * Zero octets sent to a connection would take the error with which it has ended, and an application would see a clean
     * end in its place (net/ipv4/tcp.c, tcp_sendmsg_locked, and sock_error).
     */
    private boolean noticeAnswer() {
        TcpInfo info = socket.info();
        if (!info.wasAnswered()) {
            return false;
        }
        if (phase == Phase.HELD) {
            neverHeld = true;
            moveTo(Phase.SYN_SENT);
        }
        heardFrom(info);
        return true;
    }

    /** Asks the kernel whether the peer has been heard from, as long as that isn't known, and goes on accordingly. */
    public synchronized Phase poll() {
        if (phase == Phase.ASKED || phase == Phase.SYN_SENT) {
            TcpInfo info = socket.info();
            if (info.isClosed() && !info.wasAnswered()) {
                refused();
            } else if (!info.isSynSent()) {
                heardFrom(info);
            }
        } else if (phase == Phase.RECONNECTING) {
            TcpInfo info = socket.info();
            if (info.isClosed() && !info.wasAnswered()) {
                fail(0);
            } else if (!info.isSynSent() && sendRestOfFlight()) {
                moveTo(connectedByJdk ? Phase.ORDINARY : Phase.ESTABLISHED);
                outcome = expected;
                rttMicros = info.rttMicros();
            }
        }
        return phase;
    }

    /**
     * The peer has had its time to answer: if it hasn't, goes on without Fast Open. A SYN-ACK that comes later is
     * answered by a reset, which is what the server pays.
     */
    public synchronized void hedge() {
        if ((phase == Phase.ASKED || phase == Phase.SYN_SENT) && socket.info().isSynSent()) {
            reconnect(Outcome.HEDGED);
        }
    }

    /** Whether a first flight is still to be sent again, or may have to be. */
    public synchronized boolean owesFlight() {
        return flight.length > 0;
    }

    /** Does something with the descriptor that doesn't block and takes no lock, unless the channel is closed: null then. */
    public synchronized <T> T whileOpen(Supplier<T> action) {
        return phase == Phase.CLOSED ? null : action.get();
    }

    /**
     * Why there will be no connection, as {@code -errno}.
     *
     * @return 0 if the socket keeps the reason, for the JDK to find
     */
    public synchronized int failure() {
        if (failure == 0 && phase == Phase.FAILED && !connectedByJdk) {
            failure = socket.takeError();
            if (failure == 0) {
                failure = Errno.ECONNREFUSED.asResult();
            }
        }
        return failure;
    }

    /**
     * The channel is being closed, or is the JDK's alone from now on: no native call follows this one.
     *
     * @param wakePollers whether threads poll the descriptor of which the JDK's close doesn't know
     * @return the phase before
     */
    public synchronized Phase close(boolean wakePollers) {
        if (presumedHeld && (phase == Phase.HELD || phase == Phase.SYN_SENT)) {
            noticeAnswer();
        }
        Phase before = phase;
        if (before != Phase.CLOSED) {
            if (wakePollers && before != Phase.HELD) {
                socket.shutDown();
            }
            if (before == Phase.HELD) {
                // Nothing has left, so nothing can be lost. With a linger time SocketChannelImpl would shut the socket down
                // before its keys are cancelled, which in this state wakes the selector.
                socket.lingerNot();
            }
            flight = NO_FLIGHT;
            moveTo(Phase.CLOSED);
        }
        return before;
    }

    /** A signal interrupts the wait of a connect that blocks, not the connect. */
    private static boolean hasDeparted(int result) {
        return result >= 0 || Errno.EINPROGRESS.is(result) || Errno.EAGAIN.is(result) || Errno.EINTR.is(result);
    }

    /** What the error of a SYN that couldn't leave says of Fast Open. */
    private static Outcome reasonOf(int result) {
        if (Errno.refusesFastOpen(result)) {
            return Outcome.UNSUPPORTED;
        }
        return Errno.ECONNREFUSED.is(result) || Errno.ECONNRESET.is(result) ? Outcome.RESET : Outcome.NOT_SENT;
    }

    /** The SYN was answered by an error. A path that is known to carry Fast Open isn't to blame for one that took no data. */
    private void refused() {
        if (phase == Phase.ASKED && pathCleared) {
            outcome = Outcome.NOT_CONNECTED;
            moveToOrdinary();
        } else {
            reconnect(Outcome.RESET);
        }
    }

    /** A peer has answered the SYN that Fast Open was tried with. */
    private void heardFrom(TcpInfo info) {
        rttMicros = info.rttMicros();
        neverHeld |= presumedHeld && info.clientFail() == TcpInfo.ClientFail.COOKIE_UNAVAILABLE;
        if (neverHeld) {
            outcome = Outcome.NO_COOKIE;
        } else if (wasResent(info)) {
            outcome = Outcome.SYN_RESENT;
        } else if (flight.length == 0 || info.synDataAcknowledged()) {
            outcome = expected;
        } else {
            outcome = Outcome.DATA_NOT_ACKNOWLEDGED;
        }
        flight = NO_FLIGHT;
        if (connectedByJdk) {
            moveToOrdinary();
        } else {
            moveTo(Phase.ESTABLISHED);
        }
    }

    /** Data that was taken off the SYN on its way is sent again too: only the kernel can tell that from a lost SYN. */
    private boolean wasResent(TcpInfo info) {
        return flight.length == 0 ? info.retransmissions() > 0
            : info.clientFail() == TcpInfo.ClientFail.SYN_RETRANSMITTED;
    }

    /** Goes on with an ordinary connection on the same descriptor. What the JDK and its selectors know of it stays true. */
    private void reconnect(Outcome reason) {
        if (socket.disconnect() < 0 && reason == Outcome.HEDGED) {
            // Not allowed to: the SYN that is under way is still good.
            return;
        }
        expected = reason;
        // The disconnect leaves ECONNRESET behind (net/ipv4/tcp.c, tcp_disconnect), or the RST its error.
        socket.takeError();
        socket.setFastOpenConnect(false);
        int result = socket.connect(remote);
        if (hasDeparted(result)) {
            moveTo(Phase.RECONNECTING);
            whenReconnected.run();
        } else {
            fail(result);
        }
    }

    private void fail(int reason) {
        failure = reason;
        outcome = Outcome.NOT_CONNECTED;
        flight = NO_FLIGHT;
        moveTo(Phase.FAILED);
    }

    /** A send buffer may be smaller than a flight. An error of the connection is taken by the call that meets it. */
    private boolean sendRestOfFlight() {
        int sent = 0;
        while (sent < flight.length) {
            int result = socket.send(flight, sent, flight.length - sent);
            if (Errno.EAGAIN.is(result)) {
                flight = Arrays.copyOfRange(flight, sent, flight.length);
                return false;
            }
            if (result < 0) {
                fail(result);
                return false;
            }
            sent += result;
        }
        flight = NO_FLIGHT;
        return true;
    }

    private void moveToOrdinary() {
        moveTo(Phase.ORDINARY);
        concealed = false;
    }

    private void moveTo(Phase next) {
        if (!phase.mayBecome(next)) {
            throw new IllegalStateException(phase + " can't become " + next);
        }
        phase = next;
    }
}
