// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.clients.server;

import io.github.niofastopen.clients.Exchanges;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLContext;

/** As much of a Neo4j server as a driver asks to run a query whose answer is one text: Bolt 5.0, with short values alone. */
final class BoltStandIn {
    /** A word that it begins with, and four proposals of versions. */
    private static final int HANDSHAKE = 5 * Integer.BYTES;
    private static final int VERSION = 5;

    private static final int HELLO = 0x01;
    private static final int GOODBYE = 0x02;
    private static final int RESET = 0x0f;
    private static final int RUN = 0x10;
    private static final int PULL = 0x3f;
    private static final int SUCCESS = 0x70;
    private static final int RECORD = 0x71;

    private static final int TEXT = 0x80;
    private static final int LIST = 0x90;
    private static final int MAP = 0xa0;
    private static final int STRUCTURE = 0xb0;

    private final ByteArrayOutputStream answers = new ByteArrayOutputStream();
    private final DataInputStream in;

    private BoltStandIn(DataInputStream in) {
        this.in = in;
    }

    static void start(SSLContext context, int port) throws IOException {
        TlsStandIn.start(context, port, (socket, in, out) -> new BoltStandIn(in).converse(out));
    }

    private void converse(DataOutputStream out) throws IOException {
        in.readFully(new byte[HANDSHAKE]);
        out.writeInt(VERSION);
        while (true) {
            answer(readKind());
            out.write(answers.toByteArray());
            answers.reset();
        }
    }

    /** The kind of a message, which follows its number of fields. It comes in chunks, of which the last is empty. */
    private int readKind() throws IOException {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        int length = in.readUnsignedShort();
        while (length > 0 || message.size() == 0) {
            byte[] chunk = new byte[length];
            in.readFully(chunk);
            message.write(chunk);
            length = in.readUnsignedShort();
        }
        return message.toByteArray()[1];
    }

    private void answer(int kind) throws IOException {
        switch (kind) {
            case HELLO -> say(SUCCESS, map(text("server"), text("Neo4j/5.0.0"), text("connection_id"), text("bolt-1")));
            case RUN -> say(SUCCESS, map(text("fields"), list(text("text"))));
            case PULL -> {
                say(RECORD, list(text(Exchanges.CONTENT)));
                say(SUCCESS, map());
            }
            case RESET -> say(SUCCESS, map());
            case GOODBYE -> throw new EOFException();
            default -> throw new IOException("Neo4j's driver sent " + kind);
        }
    }

    private void say(int kind, String value) throws IOException {
        DataOutputStream chunk = new DataOutputStream(answers);
        chunk.writeShort(2 + value.length());
        chunk.write(STRUCTURE + 1);
        chunk.write(kind);
        chunk.write(value.getBytes(StandardCharsets.ISO_8859_1));
        chunk.writeShort(0);
    }

    private static String text(String text) {
        return (char) (TEXT + text.length()) + text;
    }

    private static String list(String... values) {
        return (char) (LIST + values.length) + String.join("", values);
    }

    private static String map(String... keysAndValues) {
        return (char) (MAP + keysAndValues.length / 2) + String.join("", keysAndValues);
    }
}
