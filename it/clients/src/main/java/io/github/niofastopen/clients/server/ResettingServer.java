// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.clients.server;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;

/** Answers the first bytes of every connection, a ClientHello, with a reset. */
final class ResettingServer {

    private ResettingServer() {
    }

    static void start(int port) throws IOException {
        ServerSocket server = new ServerSocket(port);
        Thread thread = new Thread(() -> serve(server), "resetting");
        thread.start();
    }

    private static void serve(ServerSocket server) {
        while (true) {
            try (Socket socket = server.accept()) {
                socket.getInputStream().read();
                socket.setSoLinger(true, 0);
            } catch (IOException e) {
                System.err.println("resetting server: " + e);
            }
        }
    }
}
