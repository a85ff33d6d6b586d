// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.program;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** Fetches a page several times by HTTP over an {@link SSLSocket}, each time over a new connection. */
public final class SecureGets {
    private static final int TIMEOUT_MILLIS = 10_000;
    /** So that a request can be told from other messages by its length. */
    private static final int PADDING = 800;

    private SecureGets() {
    }

    /**
     * Arguments: {@code socket} or {@code channel}, what is under the SSLSocket; address and port; how often. Prints for each
     * how long it took from connect to the response's first byte, in microseconds, and TCP_NODELAY as the application sees it.
     */
    public static void main(String[] args) throws Exception {
        for (int i = 0; i < Integer.parseInt(args[3]); i++) {
            try (Socket socket = args[0].equals("channel") ? SocketChannel.open().socket() : new Socket()) {
                long start = System.nanoTime();
                boolean noDelay = get(socket, new InetSocketAddress(args[1], Integer.parseInt(args[2])));
                System.out.println((System.nanoTime() - start) / 1000 + " " + noDelay);
            }
        }
    }

    /** @return whether the application has ever seen TCP_NODELAY on */
    private static boolean get(Socket socket, InetSocketAddress server) throws IOException, NoSuchAlgorithmException {
        socket.connect(server, TIMEOUT_MILLIS);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        SSLSocket secure = (SSLSocket) SSLContext.getDefault().getSocketFactory()
            .createSocket(socket, server.getHostString(), server.getPort(), true);
        boolean noDelay = socket.getTcpNoDelay();
        secure.startHandshake();
        noDelay |= secure.getTcpNoDelay();
        String request = "GET / HTTP/1.1\r\nHost: " + server.getHostString() + "\r\nX-Padding: " + "x".repeat(PADDING) + "\r\n\r\n";
        secure.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        noDelay |= socket.getTcpNoDelay();
        if (secure.getInputStream().read() != 'H') {
            throw new IOException("no response");
        }
        return noDelay | socket.getTcpNoDelay();
    }
}
