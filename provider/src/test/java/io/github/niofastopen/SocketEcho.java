// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Prints what comes back from a server by a socket. */
final class SocketEcho {

    private SocketEcho() {
    }

    public static void main(String[] arguments) throws IOException {
        System.out.println(echoed());
    }

    static String echoed() throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (ServerSocket server = new ServerSocket(0, 5, loopback); Socket socket = new Socket(loopback, server.getLocalPort());
             Socket accepted = server.accept()) {
            socket.getOutputStream().write("hello".getBytes());
            accepted.getOutputStream().write(accepted.getInputStream().readNBytes(5));
            return new String(socket.getInputStream().readNBytes(5));
        }
    }
}
