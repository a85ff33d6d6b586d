// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.clients.server;

import io.github.niofastopen.clients.Exchanges;
import java.io.BufferedReader;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLContext;

/** As much of an IMAP server as a client asks to list its folders, in TLS from the beginning (RFC 8314, section 3.2). */
final class ImapStandIn {

    private ImapStandIn() {
    }

    static void start(SSLContext context, int port) throws IOException {
        TlsStandIn.start(context, port, (socket, in, out) -> {
            say(out, "* OK lab");
            converse(socket, out);
            throw new EOFException();
        });
    }

    private static void converse(Socket socket, DataOutputStream out) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.split(" ");
            say(out, answer(words[1]) + words[0] + " OK");
        }
    }

    /** What comes before the line that ends a command. */
    private static String answer(String command) {
        switch (command) {
            case "CAPABILITY":
                return "* CAPABILITY IMAP4rev1\r\n";
            case "LIST":
                return "* LIST () \"/\" " + Exchanges.CONTENT + "\r\n";
            case "LOGOUT":
                return "* BYE\r\n";
            default:
                return "";
        }
    }

    private static void say(DataOutputStream out, String lines) throws IOException {
        out.write((lines + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }
}
