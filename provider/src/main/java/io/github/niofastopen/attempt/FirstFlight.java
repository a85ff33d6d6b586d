// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.attempt;

import io.github.niofastopen.linux.Errno;
import io.github.niofastopen.linux.TcpSocket;
import io.github.niofastopen.tls.RepeatableHello;
import java.util.Arrays;

/**
 * What an application takes for written while its peer hasn't been heard from: what the SYN took, and what is kept as the
 * kernel's send buffer would keep it. Confined to the attempt's monitor.
 */
final class FirstFlight {
    /** The longest TLS record (RFC 8446, 5.1). */
    static final int MOST_BYTES = 5 + (1 << 14);

    private static final byte[] NOTHING = {};

    private byte[] bytes = NOTHING;
    /** How much of it the connection in force has taken. */
    private int taken;

    boolean isEmpty() {
        return bytes.length == 0;
    }

    /** Whether something of it is still to be sent. */
    boolean isOwed() {
        return taken < bytes.length;
    }

    /** The SYN took so much of what was written. */
    void begin(byte[] written, int takenBySyn) {
        bytes = takenBySyn < written.length ? Arrays.copyOf(written, takenBySyn) : written;
        taken = takenBySyn;
    }

    boolean hasRoomFor(long length) {
        return length <= MOST_BYTES - bytes.length;
    }

    void keep(byte[] more) {
        byte[] all = Arrays.copyOf(bytes, bytes.length + more.length);
        System.arraycopy(more, 0, all, bytes.length, more.length);
        bytes = all;
    }

    /** Another connection takes the place of the one that has had some of it. */
    void sendAgain() {
        taken = 0;
    }

    /** Whether a server that may have it already can be sent it by another connection. */
    boolean isRepeatable() {
        return RepeatableHello.is(bytes);
    }

    /** Nothing of it is to be sent any more. */
    void forget() {
        bytes = NOTHING;
        taken = 0;
    }

    /**
     * Sends what is still owed, as far as the socket takes it.
     *
     * @return 0, or {@code -errno} of what stopped it; {@code -EAGAIN} where the send buffer is full
     */
    int sendRest(TcpSocket socket) {
        while (isOwed()) {
            int result = socket.send(bytes, taken, bytes.length - taken);
            if (result <= 0) {
                return result < 0 ? result : Errno.EAGAIN.asResult();
            }
            taken += result;
        }
        return 0;
    }
}
