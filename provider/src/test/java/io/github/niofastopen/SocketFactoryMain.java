// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen;

import java.io.IOException;
import java.net.Socket;

/** Prints what is behind a socket of the factory. */
public final class SocketFactoryMain {

    private SocketFactoryMain() {
    }

    public static void main(String[] args) throws IOException {
        try (Socket socket = new FastOpenSocketFactory().createSocket()) {
            System.out.println(socket.getChannel() == null ? "plain" : socket.getChannel().getClass().getSimpleName());
        }
    }
}
