// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.attempt;

import java.nio.ByteBuffer;

/** What a gathering write or a scattering read asks of its buffers. */
final class Buffers {

    private Buffers() {
    }

    static long remaining(ByteBuffer[] buffers, int offset, int length) {
        long remaining = 0;
        for (int i = offset; i < offset + length; i++) {
            remaining += buffers[i].remaining();
        }
        return remaining;
    }

    /** Moves the positions on by {@code count} bytes, which the buffers must have. */
    static void skip(ByteBuffer[] buffers, int offset, int count) {
        int left = count;
        for (int i = offset; left > 0; i++) {
            int part = Math.min(left, buffers[i].remaining());
            buffers[i].position(buffers[i].position() + part);
            left -= part;
        }
    }
}
