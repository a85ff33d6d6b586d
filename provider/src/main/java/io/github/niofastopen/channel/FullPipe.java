// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.channel;

import java.io.FileDescriptor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import sun.nio.ch.DefaultSelectorProvider;
import sun.nio.ch.SelChImpl;

/** A descriptor that takes nothing, now or ever: sendfile(2) to it answers as to a socket whose buffer is full. */
final class FullPipe {
    private static Pipe pipe;

    private FullPipe() {
    }

    /** @throws IOException if there is no descriptor to spare for the first use */
    static synchronized FileDescriptor descriptor() throws IOException {
        if (pipe == null) {
            pipe = filled(DefaultSelectorProvider.get().openPipe());
        }
        return ((SelChImpl) pipe.sink()).getFD();
    }

    private static Pipe filled(Pipe empty) throws IOException {
        empty.sink().configureBlocking(false);
        ByteBuffer page = ByteBuffer.allocate(4096);
        while (empty.sink().write(page.clear()) > 0) {
            // Until it takes no more.
        }
        return empty;
    }
}
