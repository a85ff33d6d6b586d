// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.tls;

import java.nio.ByteBuffer;

/**
 * Follows the records that one side of a connection writes by their headers, which aren't encrypted (RFC 8446, 5.1), however
 * they are cut into writes.
 */
public final class RecordHeaders {
    private static final int LENGTH = 5;
    private static final int MAJOR_VERSION = 3;
    private static final int LEAST_TYPE = 20;
    private static final int CHANGE_CIPHER_SPEC = 20;
    private static final int HANDSHAKE = 22;
    private static final int APPLICATION_DATA = 23;
    private static final int GREATEST_TYPE = 24;

    private final byte[] header = new byte[LENGTH];
    private int headerBytes;
    private int payloadLeft;
    private boolean cipherChanged;
    private boolean finished;
    private boolean foreign;

    /** Takes what comes next; moves the position to the limit, unless that is no record. */
    public void follow(ByteBuffer bytes) {
        while (bytes.hasRemaining() && !foreign) {
            if (payloadLeft > 0) {
                takePayload(bytes);
            } else {
                takeHeader(bytes);
            }
        }
    }

    private void takePayload(ByteBuffer bytes) {
        int part = Math.min(payloadLeft, bytes.remaining());
        bytes.position(bytes.position() + part);
        payloadLeft -= part;
    }

    private void takeHeader(ByteBuffer bytes) {
        header[headerBytes++] = bytes.get();
        foreign = header[0] < LEAST_TYPE || header[0] > GREATEST_TYPE || headerBytes == 2 && header[1] != MAJOR_VERSION;
        if (headerBytes == LENGTH) {
            headerBytes = 0;
            payloadLeft = (header[3] & 0xff) << 8 | header[4] & 0xff;
            finished |= header[0] == APPLICATION_DATA || header[0] == HANDSHAKE && cipherChanged;
            cipherChanged |= header[0] == CHANGE_CIPHER_SPEC;
        }
    }

    /**
     * Whether a client's Finished message, or what comes after it, has begun. In TLS 1.3 it is in a record of the type of
     * application data, in TLS 1.2 in the one that follows ChangeCipherSpec (RFC 5246, 7.1).
     */
    public boolean mayHaveFinished() {
        return finished;
    }

    /** Whether something followed that no record of TLS begins with. */
    public boolean areForeign() {
        return foreign;
    }
}
