// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.tls;

/** Finds a handshake message in the records that carry it, of which there may be several (RFC 8446, 4 and 5.1). */
final class HandshakeMessage {
    private static final int RECORD_HEADER = 5;
    private static final int HANDSHAKE_RECORD = 22;
    private static final int MAJOR_VERSION = 3;
    private static final int MAX_RECORD_PAYLOAD = 1 << 14;
    private static final int MESSAGE_HEADER = 4;

    /** What is in the message, without its header. */
    final Octets body;
    /** Length of the records that carry it, headers included; what else the last one carries isn't counted. */
    final int wireBytes;

    private HandshakeMessage(Octets body, int wireBytes) {
        this.body = body;
        this.wireBytes = wireBytes;
    }

    /** The message with which the bytes begin; null if they don't begin with one of that type, or not with all of it. */
    static HandshakeMessage read(int type, byte[] bytes, int offset, int length) {
        Octets records = Octets.of(bytes, offset, length);
        Octets fragment = fragment(records);
        int actualType = fragment.u8();
        int size = fragment.u24();
        if (!fragment.isIntact() || actualType != type) {
            return null;
        }
        return fragment.remaining() >= size
            ? new HandshakeMessage(fragment.next(size), RECORD_HEADER + MESSAGE_HEADER + size)
            : joined(fragment, size, records);
    }

    /** What a record carries, without its header; damaged if it isn't a handshake record, or isn't all there. */
    private static Octets fragment(Octets records) {
        int type = records.u8();
        int major = records.u8();
        records.u8();
        int size = records.u16();
        boolean allowed = type == HANDSHAKE_RECORD && major == MAJOR_VERSION && size > 0 && size <= MAX_RECORD_PAYLOAD;
        return records.next(allowed ? size : Integer.MAX_VALUE);
    }

    /** Nothing is allocated for more than is there. */
    private static HandshakeMessage joined(Octets first, int size, Octets records) {
        if (size > first.remaining() + records.remaining()) {
            return null;
        }
        byte[] message = new byte[size];
        int copied = copy(first, message, 0);
        int headers = RECORD_HEADER;
        while (copied < size) {
            Octets fragment = fragment(records);
            if (!fragment.isIntact()) {
                return null;
            }
            copied += copy(fragment, message, copied);
            headers += RECORD_HEADER;
        }
        return new HandshakeMessage(new Octets(message, 0, size), headers + MESSAGE_HEADER + size);
    }

    private static int copy(Octets from, byte[] to, int at) {
        int count = Math.min(from.remaining(), to.length - at);
        System.arraycopy(from.array(), from.at(), to, at, count);
        return count;
    }
}
