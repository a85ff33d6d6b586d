// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.clients.server;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/** Stands in for a server that can't be embedded: a thread a connection, and as much of a protocol as one call takes. */
final class TlsStandIn {

    /** Reads one request and writes the answer to it. */
    interface Protocol {
        void answer(SSLSocket socket, DataInputStream in, DataOutputStream out) throws IOException;
    }

    private TlsStandIn() {
    }

    static void start(SSLContext context, int port, Protocol protocol) throws IOException {
        start((SSLServerSocket) context.getServerSocketFactory().createServerSocket(port), port, protocol);
    }

    /** @param name that of the protocol, which it agrees on with clients that name some (ALPN) */
    static void start(SSLContext context, int port, String name, Protocol protocol) throws IOException {
        SSLServerSocket server = (SSLServerSocket) context.getServerSocketFactory().createServerSocket(port);
        SSLParameters parameters = server.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {name});
        server.setSSLParameters(parameters);
        start(server, port, protocol);
    }

    private static void start(SSLServerSocket server, int port, Protocol protocol) {
        new Thread(() -> accept(server, protocol), "stand-in " + port).start();
    }

    private static void accept(SSLServerSocket server, Protocol protocol) {
        while (true) {
            try {
                SSLSocket socket = (SSLSocket) server.accept();
                new Thread(() -> serve(socket, protocol), "connection").start();
            } catch (IOException e) {
                System.err.println("stand-in: " + e);
            }
        }
    }

    private static void serve(SSLSocket socket, Protocol protocol) {
        try (socket) {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            while (true) {
                protocol.answer(socket, in, out);
            }
        } catch (EOFException e) {
            // The client has closed the connection.
        } catch (IOException e) {
            System.err.println("stand-in: " + e);
        }
    }
}
