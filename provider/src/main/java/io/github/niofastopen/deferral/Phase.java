package io.github.niofastopen.deferral;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * Where a connection attempt stands between connect(2) and the first sign of the peer. {@link Deferral} moves only along
 * {@link #mayBecome}.
 *
 * <pre>
 *   ORDINARY ◄── ARMED ──► HELD ──► SYN_SENT ──► ESTABLISHED
 *                                          └───► FAILED
 *   and from each of them ──► CLOSED
 * </pre>
 */
public enum Phase {
    /** connect(2) is under way, with {@code TCP_FASTOPEN_CONNECT} set. */
    ARMED,
    /** The kernel connects, or has connected, as ever. All that is left to do is to look at the first bytes. */
    ORDINARY,
    /** The kernel has a cookie and holds the SYN back: no packet has left. */
    HELD,
    /** The SYN has left, with or without data; the peer hasn't been heard from. */
    SYN_SENT,
    /** The peer has answered. */
    ESTABLISHED,
    /** The kernel has given the connection up. */
    FAILED,
    /** The channel is closed: the descriptor may be another connection's. */
    CLOSED;

    private static final Map<Phase, Set<Phase>> NEXT = Map.of(
        ARMED, EnumSet.of(ORDINARY, HELD, CLOSED),
        ORDINARY, EnumSet.of(CLOSED),
        HELD, EnumSet.of(SYN_SENT, CLOSED),
        SYN_SENT, EnumSet.of(ESTABLISHED, FAILED, CLOSED),
        ESTABLISHED, EnumSet.of(CLOSED),
        FAILED, EnumSet.of(CLOSED),
        CLOSED, EnumSet.noneOf(Phase.class));

    /** Whether {@code next} may follow this phase. */
    public boolean mayBecome(Phase next) {
        return NEXT.get(this).contains(next);
    }
}
