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

    /** Buffers of the same content, whose positions are their own. */
    static ByteBuffer[] views(ByteBuffer[] buffers, int offset, int length) {
        ByteBuffer[] views = new ByteBuffer[length];
        for (int i = 0; i < length; i++) {
            views[i] = buffers[offset + i].duplicate();
        }
        return views;
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
