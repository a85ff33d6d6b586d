// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.waiting;

import java.io.IOException;
import java.nio.channels.SocketChannel;

/** What another thread does while one waits. */
enum Disturbance {
    CLOSE {
        @Override
        void of(SocketChannel channel, Thread waiting) throws IOException {
            channel.close();
        }
    },
    INTERRUPT {
        @Override
        void of(SocketChannel channel, Thread waiting) {
            waiting.interrupt();
        }
    },
    CONFIGURE_BLOCKING {
        @Override
        void of(SocketChannel channel, Thread waiting) throws IOException {
            channel.configureBlocking(false);
        }
    },
    SHUTDOWN_INPUT {
        @Override
        void of(SocketChannel channel, Thread waiting) throws IOException {
            channel.shutdownInput();
        }
    },
    SHUTDOWN_OUTPUT {
        @Override
        void of(SocketChannel channel, Thread waiting) throws IOException {
            channel.shutdownOutput();
        }
    };

    abstract void of(SocketChannel channel, Thread waiting) throws IOException;

    /** Whether it has to return whatever the one who waits does. */
    boolean neverWaits() {
        return this == CLOSE || this == INTERRUPT;
    }
}
