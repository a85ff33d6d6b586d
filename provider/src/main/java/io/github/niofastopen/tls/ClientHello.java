// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.tls;

import java.nio.ByteBuffer;

/**
 * Recognises a TLS ClientHello at the start of a connection's first write. What rides in a SYN may reach the server twice
 * (RFC 7413, 2.1 and 6): a ClientHello is safe to repeat, other first bytes need not be.
 */
public final class ClientHello {
    private static final int RECORD_HEADER = 5;
    /** Record header, handshake type and length, and the client's legacy_version (RFC 8446, 4 and 5.1). */
    private static final int RECOGNISABLE = RECORD_HEADER + 4 + 2;
    private static final int MAX_RECORD_PAYLOAD = 1 << 14;
    private static final int HANDSHAKE_RECORD = 22;
    private static final int CLIENT_HELLO = 1;
    private static final int MAJOR_VERSION = 3;
    private static final int HIGHEST_MINOR_VERSION = 4;

    private ClientHello() {
    }

    /**
     * Copies the TLS record that begins with a ClientHello, without moving the buffers' positions. Anything behind that
     * record isn't copied.
     *
     * @return the record, as far as the buffers hold it, or null if they don't begin with a ClientHello
     */
    public static byte[] copyFrom(ByteBuffer[] buffers, int offset, int length) {
        byte[] head = copy(buffers, offset, length, RECOGNISABLE);
        return isClientHello(head) ? copy(buffers, offset, length, RECORD_HEADER + recordLength(head)) : null;
    }

    /** Copies what the buffers hold, ClientHello or not, up to the length of the longest TLS record; moves no positions. */
    public static byte[] copyAnythingFrom(ByteBuffer[] buffers, int offset, int length) {
        return copy(buffers, offset, length, RECORD_HEADER + MAX_RECORD_PAYLOAD);
    }

    /** Whether the buffers begin with a ClientHello. */
    public static boolean beginsIn(ByteBuffer[] buffers, int offset, int length) {
        return isClientHello(copy(buffers, offset, length, RECOGNISABLE));
    }

    private static boolean isClientHello(byte[] head) {
        return head.length == RECOGNISABLE
            && head[0] == HANDSHAKE_RECORD
            && head[1] == MAJOR_VERSION && head[2] <= HIGHEST_MINOR_VERSION && head[2] >= 0
            && recordLength(head) >= RECOGNISABLE - RECORD_HEADER && recordLength(head) <= MAX_RECORD_PAYLOAD
            && head[5] == CLIENT_HELLO
            && head[9] == MAJOR_VERSION;
    }

    private static int recordLength(byte[] head) {
        return (head[3] & 0xff) << 8 | head[4] & 0xff;
    }

    private static byte[] copy(ByteBuffer[] buffers, int offset, int length, int limit) {
        long available = 0;
        for (int i = offset; i < offset + length; i++) {
            available += buffers[i].remaining();
        }
        byte[] copy = new byte[(int) Math.min(limit, available)];
        int copied = 0;
        for (int i = offset; copied < copy.length; i++) {
            int part = Math.min(buffers[i].remaining(), copy.length - copied);
            buffers[i].get(buffers[i].position(), copy, copied, part);
            copied += part;
        }
        return copy;
    }
}
