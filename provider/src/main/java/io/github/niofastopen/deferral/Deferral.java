package io.github.niofastopen.deferral;

import io.github.niofastopen.linux.Errno;
import io.github.niofastopen.linux.TcpSocket;

/**
 * The state machine of one connection attempt: when its SYN leaves, and with what.
 *
 * <p>Every native call on the descriptor is made here, under this object's monitor, and {@link #close} takes the same
 * monitor before the JDK gives the descriptor back: after {@code close} no call of ours can reach a descriptor that has
 * become another connection's. The calls don't block, so the monitor is held for microseconds.
 *
 * <p>Lock order: the JDK channel's locks, then this monitor. Nothing is called out to while it is held.
 */
public final class Deferral {
    private final TcpSocket socket;

    private volatile Phase phase;
    /** Whether the application is still to be told that it is connected, by finishConnect. */
    private volatile boolean concealed;
    /** An error of the SYN's departure that the socket itself doesn't keep, as {@code -errno}; 0 if none. */
    private int departureError;

    private Deferral(TcpSocket socket, Phase phase, boolean concealed) {
        this.socket = socket;
        this.phase = phase;
        this.concealed = concealed;
    }

    /** An attempt that is the JDK's alone, of which only the first bytes are looked at. */
    public static Deferral ordinary(TcpSocket socket) {
        return new Deferral(socket, Phase.ORDINARY, false);
    }

    /**
     * An attempt that the kernel may hold back.
     *
     * @param concealed whether connect's result is to look pending until finishConnect, as in non-blocking mode
     */
    public static Deferral deferrable(TcpSocket socket, boolean concealed) {
        return new Deferral(socket, Phase.ARMED, concealed);
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

    /** connect(2) has asked for a cookie: the connection is being set up as ever. */
    public synchronized void notHeld() {
        if (phase == Phase.ARMED) {
            moveToOrdinary();
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
     * kernel can tell which.
     */
    public synchronized void heldUnlessEstablished() {
        if (phase != Phase.ARMED) {
            return;
        }
        if (socket.state() == TcpSocket.STATE_SYN_SENT) {
            moveTo(Phase.HELD);
        } else {
            moveToOrdinary();
        }
    }

    /**
     * Sends the SYN that is held back with as much of the first flight as it can carry.
     *
     * @return how many bytes were taken; 0 if none, which is no error if the SYN isn't held back any more; or
     *     {@code -errno} if the SYN could not leave
     */
    public synchronized int sendFirstFlight(byte[] flight) {
        if (phase != Phase.HELD) {
            return 0;
        }
        moveTo(Phase.SYN_SENT);
        int result = socket.send(flight, 0, flight.length);
        // EINPROGRESS: the cookie is gone since connect, an ordinary SYN has left and taken nothing.
        return result >= 0 ? result : departed(result) ? 0 : result;
    }

    /**
     * Sends the SYN that is held back without data, if it still is.
     *
     * @return whether it was held back
     */
    public synchronized boolean release() {
        if (phase != Phase.HELD) {
            return false;
        }
        moveTo(Phase.SYN_SENT);
        departed(socket.sendBareSyn());
        return true;
    }

    /** Asks the kernel whether the peer has been heard from, as long as that isn't known. */
    public synchronized Phase poll() {
        if (phase == Phase.SYN_SENT) {
            int state = socket.state();
            if (state == TcpSocket.STATE_CLOSE || departureError < 0) {
                moveTo(Phase.FAILED);
            } else if (state != TcpSocket.STATE_SYN_SENT) {
                moveTo(Phase.ESTABLISHED);
            }
        }
        return phase;
    }

    /** Why the connection has failed, as {@code -errno}; {@code ECONNREFUSED} if someone else was told already. */
    public synchronized int failure() {
        if (departureError == 0 && phase == Phase.FAILED) {
            departureError = socket.takeError();
        }
        return departureError == 0 ? Errno.ECONNREFUSED.asResult() : departureError;
    }

    /**
     * The channel is being closed: no native call follows this one.
     *
     * @param wakePollers whether threads may be waiting for the peer's answer; the JDK's close doesn't know of them
     * @return the phase before
     */
    public synchronized Phase close(boolean wakePollers) {
        Phase before = phase;
        if (before != Phase.CLOSED) {
            if (wakePollers && before == Phase.SYN_SENT) {
                socket.shutDown();
            }
            moveTo(Phase.CLOSED);
        }
        return before;
    }

    private boolean departed(int result) {
        if (result >= 0 || Errno.EINPROGRESS.is(result) || Errno.EAGAIN.is(result)) {
            return true;
        }
        departureError = result;
        return false;
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
