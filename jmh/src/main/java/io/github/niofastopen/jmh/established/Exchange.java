// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.jmh.established;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** A message to somebody who sends it back. */
final class Exchange {
    private final ByteBuffer message;

    private Exchange(ByteBuffer message) {
        this.message = message;
    }

    static Exchange of(int length, boolean direct) {
        return new Exchange(direct ? ByteBuffer.allocateDirect(length) : ByteBuffer.allocate(length));
    }

    void send(SocketChannel channel) throws IOException {
        message.clear();
        while (message.hasRemaining()) {
            channel.write(message);
        }
        message.clear();
    }

    /** @return whether the whole of it has come */
    boolean receive(SocketChannel channel) throws IOException {
        if (channel.read(message) < 0) {
            throw new IOException("the peer has ended the connection");
        }
        return !message.hasRemaining();
    }
}
