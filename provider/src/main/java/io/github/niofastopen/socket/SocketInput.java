// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.socket;

import java.io.IOException;
import java.io.InputStream;

/** What a socket reads from, which is the JDK's once the peer has been heard from. */
final class SocketInput extends InputStream {
    private final FastOpenSocketImpl socket;
    private final InputStream jdk;

    SocketInput(FastOpenSocketImpl socket, InputStream jdk) {
        this.socket = socket;
        this.jdk = jdk;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) > 0 ? one[0] & 0xFF : -1;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        return socket.read(jdk, bytes, offset, length);
    }

    @Override
    public int available() throws IOException {
        return socket.available();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
