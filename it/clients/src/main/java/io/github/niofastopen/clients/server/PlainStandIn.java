// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.clients.server;

import java.io.EOFException;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;

/** Stands in for a server whose connections don't begin with a ClientHello: a thread a connection. */
final class PlainStandIn {

    /** Speaks with a client until it or the protocol has come to an end. */
    interface Protocol {
        void serve(Socket socket) throws IOException;
    }

    private PlainStandIn() {
    }

    static void start(int port, Protocol protocol) throws IOException {
        ServerSocket server = new ServerSocket(port);
        new Thread(() -> accept(server, protocol), "stand-in " + port).start();
    }

    private static void accept(ServerSocket server, Protocol protocol) {
        while (true) {
            try {
                Socket socket = server.accept();
                new Thread(() -> serve(socket, protocol), "connection").start();
            } catch (IOException e) {
                System.err.println("stand-in: " + e);
            }
        }
    }

    private static void serve(Socket socket, Protocol protocol) {
        try (socket) {
            protocol.serve(socket);
        } catch (EOFException e) {
            // The client has closed the connection.
        } catch (IOException e) {
            System.err.println("stand-in: " + e);
        }
    }
}
