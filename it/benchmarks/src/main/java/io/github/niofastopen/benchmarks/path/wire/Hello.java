// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.benchmarks.path.wire;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Set;
import java.util.TreeSet;

/** What a ClientHello or ServerHello says in clear (RFC 8446 section 4.1). */
final class Hello {
    private static final int CLIENT_HELLO = 1;
    private static final int PRE_SHARED_KEY = 41;
    private static final int SUPPORTED_VERSIONS = 43;
    private static final int MESSAGE_HEADER = 4;
    private static final int VERSION_AND_RANDOM = 34;
    /** RFC 8446 section 4.1.3: a HelloRetryRequest is a ServerHello with this random. */
    private static final String RETRY = "cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c";

    private final Set<Integer> extensions = new TreeSet<>();
    private final boolean retry;

    Hello(byte[] record) {
        ByteBuffer message = ByteBuffer.wrap(record);
        boolean client = message.get(0) == CLIENT_HELLO;
        retry = !client
            && HexFormat.of().formatHex(record, MESSAGE_HEADER + 2, MESSAGE_HEADER + VERSION_AND_RANDOM).equals(RETRY);
        message.position(MESSAGE_HEADER + VERSION_AND_RANDOM);
        skip(message, message.get() & 0xff);
        skip(message, client ? message.getShort() & 0xffff : 2);
        skip(message, client ? message.get() & 0xff : 1);
        int end = (message.getShort() & 0xffff) + message.position();
        while (message.position() < Math.min(end, message.limit())) {
            extensions.add(message.getShort() & 0xffff);
            skip(message, message.getShort() & 0xffff);
        }
    }

    private static void skip(ByteBuffer message, int bytes) {
        message.position(message.position() + bytes);
    }

    /** In a ClientHello: a session is offered; in a ServerHello: it is resumed. */
    boolean hasPreSharedKey() {
        return extensions.contains(PRE_SHARED_KEY);
    }

    /** A ServerHello has the extension if it agrees on TLS 1.3. */
    boolean hasSupportedVersions() {
        return extensions.contains(SUPPORTED_VERSIONS);
    }

    boolean isRetry() {
        return retry;
    }
}
