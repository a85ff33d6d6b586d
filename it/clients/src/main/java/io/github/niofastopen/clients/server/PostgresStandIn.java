// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.clients.server;

import io.github.niofastopen.clients.Exchanges;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * As much of a PostgreSQL server as a driver asks to run queries whose answer is one text. Its TLS begins with the
 * connection, as with PostgreSQL 17's, or when it is asked for.
 */
final class PostgresStandIn {
    private static final int SSL_REQUEST = 80877103;
    private static final int TEXT_TYPE = 25;

    private final DataInputStream in;
    private final DataOutputStream out;
    private final ByteArrayOutputStream answers = new ByteArrayOutputStream();
    private final DataOutputStream message = new DataOutputStream(answers);
    private String query = "";

    private PostgresStandIn(Socket socket) throws IOException {
        in = new DataInputStream(socket.getInputStream());
        out = new DataOutputStream(socket.getOutputStream());
    }

    static void startInTls(SSLContext context, int port) throws IOException {
        TlsStandIn.start(context, port, "postgresql", (socket, in, out) -> new PostgresStandIn(socket).converse());
    }

    static void start(SSLContext context, int port) throws IOException {
        PlainStandIn.start(port, socket -> serve(socket, context));
    }

    private static void serve(Socket socket, SSLContext context) throws IOException {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        if (in.readInt() != 2 * Integer.BYTES || in.readInt() != SSL_REQUEST) {
            throw new IOException("PostgreSQL's driver didn't ask for TLS");
        }
        socket.getOutputStream().write('S');
        try (SSLSocket tls = (SSLSocket) context.getSocketFactory().createSocket(socket, null, true)) {
            new PostgresStandIn(tls).converse();
        }
    }

    /** Messages of PostgreSQL's protocol, version 3: all but the first begin with a byte of their kind. */
    private void converse() throws IOException {
        read();
        welcome();
        for (int kind = in.read(); kind >= 0 && kind != 'X'; kind = in.read()) {
            answer(kind, read());
        }
        throw new EOFException();
    }

    private byte[] read() throws IOException {
        byte[] rest = new byte[in.readInt() - Integer.BYTES];
        in.readFully(rest);
        return rest;
    }

    private void welcome() throws IOException {
        say('R', new byte[Integer.BYTES]);
        say('S', texts("server_version", "17.0"));
        say('S', texts("client_encoding", "UTF8"));
        say('S', texts("DateStyle", "ISO"));
        say('S', texts("standard_conforming_strings", "on"));
        beReady();
    }

    /** For the next query. */
    private void beReady() throws IOException {
        say('Z', new byte[] {'I'});
        out.write(answers.toByteArray());
        answers.reset();
    }

    private void answer(int kind, byte[] content) throws IOException {
        switch (kind) {
            case 'P' -> {
                // The statement's name, an empty one, comes before its text.
                query = new String(content, StandardCharsets.UTF_8).substring(1);
                say('1');
            }
            case 'Q' -> {
                query = new String(content, StandardCharsets.UTF_8);
                execute();
                beReady();
            }
            case 'B' -> say('2');
            case 'D' -> describe();
            case 'E' -> execute();
            case 'S' -> beReady();
            default -> throw new IOException("PostgreSQL's driver sent " + (char) kind);
        }
    }

    private boolean isSelect() {
        return query.regionMatches(true, 0, "select", 0, "select".length());
    }

    private void describe() throws IOException {
        if (!isSelect()) {
            say('n');
            return;
        }
        begin('T', Short.BYTES + texts("text").length + 3 * Integer.BYTES + 3 * Short.BYTES);
        message.writeShort(1);
        message.write(texts("text"));
        message.writeInt(0);
        message.writeShort(0);
        message.writeInt(TEXT_TYPE);
        message.writeShort(-1);
        message.writeInt(-1);
        message.writeShort(0);
    }

    private void execute() throws IOException {
        if (!isSelect()) {
            say('C', texts("SET"));
            return;
        }
        begin('D', Short.BYTES + Integer.BYTES + Exchanges.CONTENT.length());
        message.writeShort(1);
        message.writeInt(Exchanges.CONTENT.length());
        message.writeBytes(Exchanges.CONTENT);
        say('C', texts("SELECT 1"));
    }

    private void say(char kind, byte... content) throws IOException {
        begin(kind, content.length);
        message.write(content);
    }

    private void begin(char kind, int length) throws IOException {
        message.write(kind);
        message.writeInt(Integer.BYTES + length);
    }

    /** Each with a zero byte at its end. */
    private static byte[] texts(String... texts) {
        return (String.join("\0", texts) + "\0").getBytes(StandardCharsets.UTF_8);
    }
}
