// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.deferral;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

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

    private static final Map<Phase, Set<Phase>> NEXT = Map.of(
        ARMED, EnumSet.of(ASKED, ORDINARY, HELD, CLOSED),
        ASKED, EnumSet.of(ORDINARY, RECONNECTING, FAILED, CLOSED),
        ORDINARY, EnumSet.of(CLOSED),
        HELD, EnumSet.of(SYN_SENT, CLOSED),
        SYN_SENT, EnumSet.of(ESTABLISHED, RECONNECTING, FAILED, CLOSED),
        RECONNECTING, EnumSet.of(ORDINARY, ESTABLISHED, FAILED, CLOSED),
        ESTABLISHED, EnumSet.of(CLOSED),
        FAILED, EnumSet.of(CLOSED),
        CLOSED, EnumSet.noneOf(Phase.class));

    /** Whether {@code next} may follow this phase. */
    public boolean mayBecome(Phase next) {
        return NEXT.get(this).contains(next);
    }

    /** Whether a SYN has left that the peer hasn't answered. */
    public boolean awaitsPeer() {
        return this == ASKED || this == SYN_SENT || this == RECONNECTING;
    }
}
