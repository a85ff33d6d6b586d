// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.clients.server;

import io.github.niofastopen.clients.Exchanges;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** As much of a mail server as a client asks to introduce itself and change to TLS (RFC 3207). It speaks first. */
final class SmtpStandIn {

    private SmtpStandIn() {
    }

    static void start(SSLContext context, int port) throws IOException {
        PlainStandIn.start(port, socket -> serve(socket, context));
    }

    /** In TLS from the beginning (RFC 8314, section 3.3). */
    static void startInTls(SSLContext context, int port) throws IOException {
        TlsStandIn.start(context, port, (socket, in, out) -> {
            say(socket, "220 lab ESMTP");
            converse(socket, "250 lab");
            throw new EOFException();
        });
    }

    private static void serve(Socket socket, SSLContext context) throws IOException {
        say(socket, "220 lab ESMTP");
        if (!converse(socket, "250-lab\r\n250 STARTTLS")) {
            return;
        }
        try (SSLSocket tls = (SSLSocket) context.getSocketFactory().createSocket(socket, null, true)) {
            converse(tls, "250 lab");
        }
    }

    /** @return whether the client wants to go on in TLS */
    private static boolean converse(Socket socket, String capabilities) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            switch (line.split(" ")[0]) {
                case "EHLO" -> say(socket, capabilities);
                case "STARTTLS" -> {
                    say(socket, "220 go ahead");
                    return true;
                }
                case "QUIT" -> {
                    say(socket, "221 bye");
                    return false;
                }
                default -> say(socket, "250 " + Exchanges.CONTENT);
            }
        }
        return false;
    }

    private static void say(Socket socket, String lines) throws IOException {
        socket.getOutputStream().write((lines + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }
}
