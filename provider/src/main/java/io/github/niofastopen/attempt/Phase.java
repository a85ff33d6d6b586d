// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.attempt;

/**
 * Where a connection attempt stands between connect(2) and the first sign of the peer. {@link Deferral} moves only along
 * {@link #mayBecome}.
 *
 * <pre>
 *                 ┌──► HELD ──► SYN_SENT ──────┬──────────────► ESTABLISHED
 *   ARMED ────────┤                 │          │                     ▲
 *     │           └──► ASKED ───────┼──► RECONNECTING ───────────────┤
 *     │                  │          │          │                     │
 *     └──────────────────┴──────────┼──────────┴──► ORDINARY         │
 *                                   └──────────────► FAILED ◄────────┘ (from RECONNECTING and ASKED)
 *   and from each of them ──► CLOSED
 * </pre>
 */
public enum Phase {
    /** connect(2) is under way, with {@code TCP_FASTOPEN_CONNECT} set. */
    ARMED,
    /** A SYN that asks for a cookie has left; the JDK's connect is pending. */
    ASKED,
    /** The kernel connects, or has connected, as ever. All that is left to do is to look at the first bytes. */
    ORDINARY,
    /** The kernel has a cookie and holds the SYN back: no packet has left. */
    HELD,
    /** The SYN has left, with or without data; the peer hasn't been heard from. */
    SYN_SENT,
    /** Fast Open came to nothing: an ordinary SYN has left on the same descriptor, with the first flight to follow. */
    RECONNECTING,
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
        return switch (this) {
            case ARMED -> next == ASKED || next == ORDINARY || next == HELD;
            case ASKED -> next == ORDINARY || next == RECONNECTING || next == FAILED;
            case HELD -> next == SYN_SENT;
            case SYN_SENT -> next == ESTABLISHED || next == RECONNECTING || next == FAILED;
            case RECONNECTING -> next == ORDINARY || next == ESTABLISHED || next == FAILED;
            case ORDINARY, ESTABLISHED, FAILED, CLOSED -> false;
        };
    }

    /** Whether a SYN has left that the peer hasn't answered. */
    public boolean awaitsPeer() {
        return this == ASKED || this == SYN_SENT || this == RECONNECTING;
    }
}
