// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.socket;

import java.io.IOException;
import java.io.OutputStream;

/** What a socket writes to, which is the JDK's once the peer has been heard from. */
final class SocketOutput extends OutputStream {
    private final FastOpenSocketImpl socket;
    private final OutputStream jdk;

    SocketOutput(FastOpenSocketImpl socket, OutputStream jdk) {
        this.socket = socket;
        this.jdk = jdk;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        socket.write(jdk, bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
