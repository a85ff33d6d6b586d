// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.attempt;

/**
 * Where a connection attempt stands between connect(2) and the first sign of the peer. {@link Deferral} moves only along
 * {@link #mayBecome}.
 *
 * <pre>
 *   ARMED ──┬──► WATCHED
 *           ├──► ASKED ────┬──► ASKING_AGAIN ───► ANSWERED          the JDK's own connect
 *           │              └───────────────────►
 *           └──► HELD ──► SYN_SENT ──┬──► RECONNECTING ──┬──► ESTABLISHED
 *                                    │         ▲         └──► COMPARED ──► ESTABLISHED
 *                                    ├──► UNPROVEN ─────────►
 *                                    └──────────────────────►
 *   and ARMED ──► ANSWERED, where connect(2) returns when the connection is there;
 *   from those where a SYN isn't answered ──► FAILED, and from each ──► CLOSED
 * </pre>
 */
public enum Phase {
    /** connect(2) is under way, with {@code TCP_FASTOPEN_CONNECT} set. */
    ARMED,
    /** The JDK connects, or has connected, without Fast Open. All that is left to do is to look at the first bytes. */
    WATCHED,
    /** A SYN that asks for a cookie has left; the JDK's connect is pending. */
    ASKED,
    /** An ordinary SYN has taken the place of the one that asked; the JDK's connect is pending still. */
    ASKING_AGAIN,
    /** The JDK's own connect has come to its end, which it finds by itself. Left to do is as in {@link #WATCHED}. */
    ANSWERED,
    /** The kernel has a cookie and holds the SYN back: no packet has left. */
    HELD,
    /** The SYN has left, with or without data; the peer hasn't been heard from. */
    SYN_SENT,
    /** Fast Open came to nothing: an ordinary SYN has left on the same descriptor, with the first flight to follow. */
    RECONNECTING,
    /**
     * The peer has answered the SYN, and has been sent the whole first flight, which is a ClientHello alone. Nothing has come of
     * that, and the path isn't proven: an ordinary connection may take the place of this one.
     */
    UNPROVEN,
    /** Such a connection has taken its place, and been sent the first flight: whether it is answered tells what became of the other. */
    COMPARED,
    /** The peer has answered, and has been sent the whole first flight. */
    ESTABLISHED,
    /** There will be no connection. */
    FAILED,
    /** The channel is closed, or the JDK's alone: no native call of ours follows, as the descriptor may be another connection's. */
    CLOSED;

    /** Whether {@code next} may follow this phase. */
    public boolean mayBecome(Phase next) {
        if (next == CLOSED) {
            return this != CLOSED;
        }
        // No switch: its table is a class of its own, which a cold JVM has to load
        return this == ARMED && isOneOf(next, WATCHED, ASKED, ANSWERED, HELD)
            || this == ASKED && isOneOf(next, ANSWERED, ASKING_AGAIN, FAILED)
            || this == ASKING_AGAIN && isOneOf(next, ANSWERED, FAILED)
            || this == HELD && next == SYN_SENT
            || this == SYN_SENT && isOneOf(next, UNPROVEN, ESTABLISHED, RECONNECTING, FAILED)
            || this == UNPROVEN && isOneOf(next, ESTABLISHED, RECONNECTING, FAILED)
            || this == RECONNECTING && isOneOf(next, COMPARED, ESTABLISHED, FAILED)
            || this == COMPARED && next == ESTABLISHED;
    }

    private static boolean isOneOf(Phase phase, Phase... several) {
        for (Phase each : several) {
            if (phase == each) {
                return true;
            }
        }
        return false;
    }

    /** Whether a SYN has left that the peer hasn't answered. */
    public boolean awaitsPeer() {
        return isTried() || this == ASKING_AGAIN || this == RECONNECTING;
    }

    /** Whether a SYN with a Fast Open option has left that the peer hasn't answered. */
    public boolean isTried() {
        return this == ASKED || this == SYN_SENT;
    }

    /** Whether the SYN that took the place of another is unanswered. */
    public boolean isSecondSyn() {
        return this == ASKING_AGAIN || this == RECONNECTING;
    }

    /** Whether connect(2) has returned as if there were a connection, and the peer hasn't answered. */
    boolean isSaidToBeConnected() {
        return this == SYN_SENT || this == RECONNECTING;
    }

    /** Whether the connection is there, and what the peer sends first tells of its path. */
    public boolean awaitsFirstByte() {
        return this == UNPROVEN || this == COMPARED;
    }

    /** Whether a SYN that was held back has left, whatever has come of it. */
    public boolean followsHold() {
        return this == SYN_SENT || this == RECONNECTING || awaitsFirstByte() || this == ESTABLISHED || this == FAILED;
    }

    /** Whether nothing is left to do but to look at the first bytes. */
    public boolean isTheJdks() {
        return this == WATCHED || this == ANSWERED;
    }
}
