// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.clients.server;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLSocket;

/** As much of a Redis server as a client asks to have something echoed (RESP2): whatever else it says is fine. */
final class RedisStandIn {

    private RedisStandIn() {
    }

    static void answer(SSLSocket socket, DataInputStream in, DataOutputStream out) throws IOException {
        List<String> command = new ArrayList<>();
        for (int words = number('*', in); words > 0; words--) {
            byte[] word = new byte[number('$', in)];
            in.readFully(word);
            line(in);
            command.add(new String(word, StandardCharsets.US_ASCII));
        }
        boolean echo = command.get(0).equalsIgnoreCase("ECHO");
        String answer = echo ? "$" + command.get(1).length() + "\r\n" + command.get(1) : "+OK";
        out.write((answer + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    private static int number(char type, DataInputStream in) throws IOException {
        String line = line(in);
        if (line.charAt(0) != type) {
            throw new IOException("the client of Redis sent " + line);
        }
        return Integer.parseInt(line.substring(1));
    }

    private static String line(DataInputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException();
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }
}
