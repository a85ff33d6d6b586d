// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.socket;

import io.github.niofastopen.attempt.FirstExchange;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/**
 * A read or write of a socket's as the JDK does it. No lambda: what is behind the door is in no archive of classes, so each
 * would be linked anew in every JVM.
 */
final class JdkTransfer implements FirstExchange.Read, FirstExchange.Write {
    private final InputStream in;
    private final OutputStream out;
    private final byte[] bytes;
    /** What is left of the bytes to be written, or the room for what is read. */
    private final ByteBuffer part;

    /** @param part wraps the bytes */
    JdkTransfer(InputStream in, OutputStream out, byte[] bytes, ByteBuffer part) {
        this.in = in;
        this.out = out;
        this.bytes = bytes;
        this.part = part;
    }

    @Override
    public long until(long deadline) throws IOException {
        return in.read(bytes, part.position(), part.remaining());
    }

    @Override
    public long write() throws IOException {
        int rest = part.remaining();
        out.write(bytes, part.position(), rest);
        return rest;
    }
}
