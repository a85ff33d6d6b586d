// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.clients.server;

import io.github.niofastopen.clients.Exchanges;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** As much of a MariaDB or MySQL server as a driver asks to run queries whose answer is one text. It speaks first. */
final class MariaDbStandIn {
    private static final int LONG_PASSWORD = 1;
    private static final int PROTOCOL_41 = 0x200;
    private static final int TLS = 0x800;
    private static final int TRANSACTIONS = 0x2000;
    private static final int SECURE_CONNECTION = 0x8000;
    private static final int PLUGIN_AUTHENTICATION = 0x8_0000;
    private static final int CAPABILITIES =
        LONG_PASSWORD | PROTOCOL_41 | TLS | TRANSACTIONS | SECURE_CONNECTION | PLUGIN_AUTHENTICATION;
    private static final byte UTF8 = 45;
    private static final short AUTO_COMMIT = 2;
    private static final int SEED = 20;
    private static final byte QUIT = 1;
    private static final byte QUERY = 3;
    private static final byte VAR_STRING = (byte) 253;
    private static final byte[] OK = {0, 0, 0, (byte) AUTO_COMMIT, 0, 0, 0};
    private static final byte[] END = {(byte) 0xfe, 0, 0, (byte) AUTO_COMMIT, 0};

    private final DataInputStream in;
    private final OutputStream out;
    private final ByteArrayOutputStream answers = new ByteArrayOutputStream();
    private int sequence;

    private MariaDbStandIn(Socket socket, int sequence) throws IOException {
        in = new DataInputStream(socket.getInputStream());
        out = socket.getOutputStream();
        this.sequence = sequence;
    }

    static void start(SSLContext context, int port) throws IOException {
        PlainStandIn.start(port, socket -> serve(socket, context));
    }

    /** Resets a connection when its client wants to begin with TLS. */
    static void startResetting(int port) throws IOException {
        PlainStandIn.start(port, socket -> {
            new MariaDbStandIn(socket, 0).greet();
            socket.setSoLinger(true, 0);
        });
    }

    private static void serve(Socket socket, SSLContext context) throws IOException {
        MariaDbStandIn plain = new MariaDbStandIn(socket, 0);
        plain.greet();
        try (SSLSocket tls = (SSLSocket) context.getSocketFactory().createSocket(socket, null, true)) {
            new MariaDbStandIn(tls, plain.sequence).converse();
        }
    }

    /** Tells what it can, and reads that the client wants TLS. */
    private void greet() throws IOException {
        ByteBuffer greeting = ByteBuffer.allocate(128).order(ByteOrder.LITTLE_ENDIAN);
        byte[] seed = "x".repeat(SEED).getBytes(StandardCharsets.US_ASCII);
        greeting.put((byte) 10).put(text("11.8.0-MariaDB")).putInt(1).put(seed, 0, Long.BYTES).put((byte) 0)
            .putShort((short) CAPABILITIES).put(UTF8).putShort(AUTO_COMMIT).putShort((short) (CAPABILITIES >> Short.SIZE))
            .put((byte) (SEED + 1)).put(new byte[10]).put(seed, Long.BYTES, SEED - Long.BYTES).put((byte) 0)
            .put(text("mysql_native_password"));
        byte[] bytes = new byte[greeting.position()];
        greeting.flip().get(bytes);
        say(bytes);
        flush();
        read();
    }

    private void converse() throws IOException {
        read();
        say(OK);
        flush();
        for (byte[] command = read(); command[0] != QUIT; command = read()) {
            if (command[0] == QUERY && isSelect(command)) {
                sayResult();
            } else {
                say(OK);
            }
            flush();
        }
    }

    private static boolean isSelect(byte[] query) {
        return new String(query, 1, query.length - 1, StandardCharsets.UTF_8).regionMatches(true, 0, "select", 0, "select".length());
    }

    /** One column, and one row. */
    private void sayResult() throws IOException {
        say((byte) 1);
        ByteBuffer column = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
        column.put(counted("def")).put(new byte[3]).put(counted("text")).put((byte) 0).put((byte) 12).putShort(UTF8)
            .putInt(Byte.MAX_VALUE).put(VAR_STRING).putShort((short) 0).put((byte) 0).putShort((short) 0);
        byte[] bytes = new byte[column.position()];
        column.flip().get(bytes);
        say(bytes);
        say(END);
        say(counted(Exchanges.CONTENT));
        say(END);
    }

    /** A packet: three bytes for its length, the lowest first, and one that counts the packets of a command. */
    private byte[] read() throws IOException {
        int length = in.readUnsignedByte() | in.readUnsignedByte() << 8 | in.readUnsignedByte() << 16;
        sequence = in.readUnsignedByte() + 1;
        byte[] packet = new byte[length];
        in.readFully(packet);
        return packet;
    }

    private void say(byte... packet) throws IOException {
        answers.write(new byte[] {(byte) packet.length, 0, 0, (byte) sequence++});
        answers.write(packet);
    }

    private void flush() throws IOException {
        out.write(answers.toByteArray());
        answers.reset();
    }

    private static byte[] text(String text) {
        return (text + "\0").getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] counted(String text) {
        return ((char) text.length() + text).getBytes(StandardCharsets.US_ASCII);
    }
}
