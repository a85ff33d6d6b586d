// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.tls;

/**
 * Recognises what a server may get twice, by two connections, and do nothing twice for: a ClientHello alone that announces no
 * early data (RFC 8446, 4.2.10 and 8).
 */
public final class RepeatableHello {
    private static final int CLIENT_HELLO = 1;
    private static final int VERSION_AND_RANDOM = 2 + 32;

    private RepeatableHello() {
    }

    /** Whether the bytes are one, from the first to the last. */
    public static boolean is(byte[] bytes) {
        HandshakeMessage message = HandshakeMessage.read(CLIENT_HELLO, bytes, 0, bytes.length);
        return message != null && message.wireBytes == bytes.length && !announcesEarlyData(message.body);
    }

    private static boolean announcesEarlyData(Octets hello) {
        hello.skip(VERSION_AND_RANDOM);
        hello.vector8();
        hello.vector16();
        hello.vector8();
        return Extensions.read(hello).contentOf(Extension.EARLY_DATA) != null;
    }
}
