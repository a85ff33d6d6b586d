// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.linux;

/** What {@code TCP_INFO} tells of one socket at one moment (include/uapi/linux/tcp.h). */
public final class TcpInfo {

    /** Why the client's data wasn't taken from the SYN: {@code tcpi_fastopen_client_fail}, since Linux 5.5. */
    public enum ClientFail { UNSPECIFIED, COOKIE_UNAVAILABLE, DATA_NOT_ACKED, SYN_RETRANSMITTED }

    private static final ClientFail[] CLIENT_FAILS = ClientFail.values();
    private static final int STATE_SYN_SENT = 2;
    private static final int STATE_CLOSE = 7;

    private static final boolean GIVES_REASONS = KernelVersion.isAtLeast(5, 5, JvmProperty.ofSystem("os.version"));

    // -- Where tcp_socket.c puts what
    private static final int SYN_DATA = 4;
    private static final int CLIENT_FAIL = 5;
    private static final int RECEIVED = 7;
    private static final int UNACKNOWLEDGED = 8;
    private static final int RETRANSMISSIONS = 9;
    private static final int ACKNOWLEDGED = 17;
    private static final int RTT = 32;
    private static final int OUT_OF_ORDER = 62;

    private static final long LONGEST_RTT = 0x3fff_ffff;

    private final long packed;

    /** @param packed as {@code tcp_socket.c} packs it; negative for an error, which counts as a closed connection */
    public TcpInfo(long packed) {
        this.packed = packed < 0 ? Long.MIN_VALUE | STATE_CLOSE : packed;
    }

    /**
     * For tests, and where no socket is to be asked. A connection in any state but SYN_SENT and CLOSE was answered, and nothing
     * has passed but the SYN.
     */
    public static TcpInfo of(int state, boolean synDataAcknowledged, ClientFail clientFail, int retransmissions, int rttMicros) {
        long answered = state == STATE_SYN_SENT || state == STATE_CLOSE ? 0 : 1;
        return new TcpInfo(state | (synDataAcknowledged ? 1 : 0) << SYN_DATA | (long) clientFail.ordinal() << CLIENT_FAIL
            | (long) retransmissions << RETRANSMISSIONS | answered << ACKNOWLEDGED | (rttMicros & LONGEST_RTT) << RTT);
    }

    /** The same connection when something has passed; for tests. */
    public TcpInfo afterPassing(int acknowledgedBytes, boolean received, boolean unacknowledged) {
        long others = packed & ~(0x7fffL << ACKNOWLEDGED | 1 << RECEIVED | 1 << UNACKNOWLEDGED);
        return new TcpInfo(others | (long) acknowledgedBytes << ACKNOWLEDGED | (received ? 1 : 0) << RECEIVED
            | (unacknowledged ? 1 : 0) << UNACKNOWLEDGED);
    }

    /** The same connection when a segment of the peer's has arrived before one that precedes it; for tests. */
    public TcpInfo afterGap() {
        return new TcpInfo(packed | 1L << OUT_OF_ORDER);
    }

    /** The question was answered by an error. */
    public boolean isUnknown() {
        return packed < 0;
    }

    /** The SYN is held back, or isn't answered yet. */
    public boolean isSynSent() {
        return state() == STATE_SYN_SENT;
    }

    /** There is no connection: none yet, or it was given up, or has come to its end. */
    public boolean isClosed() {
        return state() == STATE_CLOSE;
    }

    /** The peer has acknowledged something, if only the SYN: {@code tcpi_bytes_acked} counts that too, since Linux 4.1. */
    public boolean wasAnswered() {
        return acknowledgedBytes() > 0;
    }

    /** How many bytes the peer has acknowledged, a SYN being one; 32767 at most, which is more than any first flight. */
    public int acknowledgedBytes() {
        return (int) (packed >> ACKNOWLEDGED & 0x7fff);
    }

    /** Whether anything but the SYN-ACK has arrived in its order, if only the peer's end of the connection. */
    public boolean hasReceived() {
        return (packed >> RECEIVED & 1) != 0;
    }

    /** Whether a segment has arrived before one that precedes it: {@code tcpi_rcv_ooopack}, since Linux 5.4. */
    public boolean hasReceivedOutOfOrder() {
        return (packed >> OUT_OF_ORDER & 1) != 0;
    }

    /** Whether anything but the SYN-ACK has arrived, in its order or not. */
    public boolean hasReceivedAnything() {
        return hasReceived() || hasReceivedOutOfOrder();
    }

    /** Whether a segment is under way that the peer hasn't acknowledged. */
    public boolean hasUnacknowledged() {
        return (packed >> UNACKNOWLEDGED & 1) != 0;
    }

    /** The SYN-ACK acknowledged the SYN's data. Valid once the peer has answered; stale after a reconnect. */
    public boolean synDataAcknowledged() {
        return (packed >> SYN_DATA & 1) != 0;
    }

    public ClientFail clientFail() {
        return CLIENT_FAILS[(int) (packed >> CLIENT_FAIL & 3)];
    }

    /**
     * Whether a connection that was to ask for a cookie hasn't, because the kernel has paused Fast Open: that is the one case in
     * which it gives no reason (net/ipv4/tcp_fastopen.c, tcp_fastopen_cookie_check).
     */
    public boolean askedForNoCookie() {
        return GIVES_REASONS && clientFail() == ClientFail.UNSPECIFIED;
    }

    /** How many segments were sent again, 255 at most. */
    public int retransmissions() {
        return (int) (packed >> RETRANSMISSIONS & 0xff);
    }

    /** The smoothed round-trip time in microseconds, 18 minutes at most. */
    public int rttMicros() {
        return (int) (packed >> RTT & LONGEST_RTT);
    }

    private int state() {
        return (int) (packed & 0xf);
    }
}
