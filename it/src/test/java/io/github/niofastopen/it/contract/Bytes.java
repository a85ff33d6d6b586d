// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.contract;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** What the tests send. */
public final class Bytes {
    private static final int RECORD_HEADER = 5;
    private static final int MESSAGE_HEADER = 4;

    private Bytes() {
    }

    /** A TLS record with a ClientHello (RFC 8446, 4.1.2), as far as one looks at its head. */
    public static byte[] clientHello(int length) {
        ByteBuffer hello = ByteBuffer.wrap(pattern(length));
        hello.put((byte) 22).put((byte) 3).put((byte) 1).putShort((short) (length - RECORD_HEADER));
        hello.putInt(1 << 24 | length - RECORD_HEADER - MESSAGE_HEADER);
        hello.put((byte) 3).put((byte) 3);
        return hello.array();
    }

    /** No ClientHello. */
    public static byte[] plain(int length) {
        return pattern(length);
    }

    public static byte[] text(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    public static byte[] concat(byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        ByteBuffer whole = ByteBuffer.allocate(length);
        for (byte[] part : parts) {
            whole.put(part);
        }
        return whole.array();
    }

    private static byte[] pattern(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) ('a' + (i ^ i >> 8) % 23);
        }
        return bytes;
    }
}
