// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.soak;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Bytes that tell which connection they belong to, and whose content follows from that. */
final class Message {
    /** As long as it takes to tell id, part and length. */
    static final int HEAD = 16;

    private static final int RECORD_HEADER = 5;
    private static final int MESSAGE_HEADER = 4;
    private static final int ID = 11;
    private static final int PART = 15;

    private Message() {
    }

    /** A TLS record with a ClientHello (RFC 8446, 4.1.2), as far as one looks at its head. */
    static byte[] clientHello(int id, int part, int length) {
        byte[] bytes = content(id, part, length);
        ByteBuffer.wrap(bytes).put((byte) 22).put((byte) 3).put((byte) 1).putShort((short) (length - RECORD_HEADER))
            .putInt(1 << 24 | length - RECORD_HEADER - MESSAGE_HEADER).put((byte) 3).put((byte) 3);
        return bytes;
    }

    /** No ClientHello. */
    static byte[] plain(int id, int part, int length) {
        byte[] bytes = content(id, part, length);
        ByteBuffer.wrap(bytes).put((byte) 'p').put((byte) 3).put((byte) 1).putShort((short) (length - RECORD_HEADER))
            .putInt(0).putShort((short) 0);
        return bytes;
    }

    /** The id of the first message, or -1 if there is too little to tell. */
    static int idOf(byte[] received, int length) {
        return length < HEAD ? -1 : ByteBuffer.wrap(received).getInt(ID);
    }

    /** Whether these are whole messages of a connection, the last of which may have been cut off. */
    static boolean areOf(int id, byte[] received, int length) {
        int start = 0;
        while (length - start >= HEAD) {
            ByteBuffer head = ByteBuffer.wrap(received, start, HEAD).slice();
            int whole = Short.toUnsignedInt(head.getShort(3)) + RECORD_HEADER;
            byte[] expected = head.get(0) == 22 ? clientHello(id, head.get(PART), Math.max(whole, HEAD))
                : plain(id, head.get(PART), Math.max(whole, HEAD));
            int there = Math.min(expected.length, length - start);
            if (!Arrays.equals(expected, 0, there, received, start, start + there)) {
                return false;
            }
            start += there;
        }
        return start == length;
    }

    private static byte[] content(int id, int part, int length) {
        byte[] bytes = new byte[length];
        for (int i = HEAD; i < length; i++) {
            bytes[i] = (byte) (id * 31 + part * 7 + i);
        }
        ByteBuffer.wrap(bytes).putInt(ID, id).put(PART, (byte) part);
        return bytes;
    }
}
