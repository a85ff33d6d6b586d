// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.linux;

/** What {@code TCP_INFO} tells of one socket at one moment (include/uapi/linux/tcp.h). */
public final class TcpInfo {

    /** Why the client's data wasn't taken from the SYN: {@code tcpi_fastopen_client_fail}, since Linux 5.5. */
    public enum ClientFail { UNSPECIFIED, COOKIE_UNAVAILABLE, DATA_NOT_ACKED, SYN_RETRANSMITTED }

    private static final ClientFail[] CLIENT_FAILS = ClientFail.values();
    private static final int STATE_SYN_SENT = 2;
    private static final int STATE_CLOSE = 7;
    private static final int OPTION_SYN_DATA = 32;

    private final long packed;

    /** @param packed as {@code tcp_socket.c} packs it; negative for an error, which counts as a closed connection */
    public TcpInfo(long packed) {
        this.packed = packed < 0 ? STATE_CLOSE : packed;
    }

    /** For tests, and where no socket is to be asked. A connection in any state but the first two was answered. */
    public static TcpInfo of(int state, boolean synDataAcknowledged, ClientFail clientFail, int retransmissions, int rttMicros) {
        long answered = state == STATE_SYN_SENT || state == STATE_CLOSE ? 0 : 1;
        return new TcpInfo(state | answered << 18 | (synDataAcknowledged ? OPTION_SYN_DATA : 0) << 8 | (long) clientFail.ordinal() << 16
            | (long) retransmissions << 24 | (long) rttMicros << 32);
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
        return (packed >> 18 & 1) != 0;
    }

    /** The SYN-ACK acknowledged the SYN's data. Valid once the peer has answered; stale after a reconnect. */
    public boolean synDataAcknowledged() {
        return (packed >> 8 & OPTION_SYN_DATA) != 0;
    }

    public ClientFail clientFail() {
        return CLIENT_FAILS[(int) (packed >> 16 & 3)];
    }

    /** How many segments were sent again, 255 at most. */
    public int retransmissions() {
        return (int) (packed >> 24 & 0xff);
    }

    /** The smoothed round-trip time in microseconds. */
    public int rttMicros() {
        return (int) (packed >> 32);
    }

    private int state() {
        return (int) (packed & 0xff);
    }
}
