// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.fuzz;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import io.github.niofastopen.tls.ClientHelloParts;
import io.github.niofastopen.tls.KeyShare;
import io.github.niofastopen.tls.ServerHelloParts;
import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/** Any bytes, and hellos that are nearly right: what is read of them, held against RFC 8446 read in another way. */
public final class HelloPartsFuzz {
    private static final int MOST_BYTES = 1 << 12;

    private HelloPartsFuzz() {
    }

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(FuzzedDataProvider data) {
        byte[] bytes = data.consumeBoolean() ? data.consumeBytes(MOST_BYTES) : nearlyRight(data);
        int offset = data.consumeInt(0, Math.min(3, bytes.length));
        ClientHelloParts client = ClientHelloParts.read(bytes, offset, bytes.length - offset);
        ServerHelloParts server = ServerHelloParts.read(bytes, offset, bytes.length - offset);
        check(client == null || server == null, "both", bytes);
        if (bytes.length > 5 && client != null) {
            compare(client, ByteBuffer.wrap(bytes, offset, bytes.length - offset).slice(), bytes);
        }
        check(client != null || !isClientHello(ByteBuffer.wrap(bytes, offset, bytes.length - offset).slice()), "missed", bytes);
    }

    private static void compare(ClientHelloParts parts, ByteBuffer wire, byte[] all) {
        int before = wire.remaining();
        Hello expected = new Hello(message(wire));
        check(parts.totalBytes() == before - wire.remaining() - expected.behind, "total", all);
        check(parts.keyShares().stream().map(KeyShare::bytes).toList().equals(expected.shares), "shares", all);
        check(parts.supportedGroups().length == expected.groups, "groups", all);
        check(parts.extensions().size() == expected.types.size(), "extensions", all);
        check(parts.ticketBytes() == expected.tickets, "tickets", all);
        check(parts.serverNameBytes() == expected.name, "name", all);
    }

    private static boolean isClientHello(ByteBuffer wire) {
        try {
            ByteBuffer message = message(wire);
            return message != null && new Hello(message).valid;
        } catch (BufferUnderflowException | IndexOutOfBoundsException | IllegalArgumentException e) {
            return false;
        }
    }

    /** The first handshake message without a limit at its end, where what is behind it in its last record follows; null if none. */
    private static ByteBuffer message(ByteBuffer wire) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        while (joined.size() < 4 || joined.size() < 4 + ByteBuffer.wrap(joined.toByteArray()).getInt(0) % (1 << 24)) {
            int type = wire.get();
            int version = wire.getShort();
            byte[] fragment = new byte[wire.getShort() & 0xffff];
            wire.get(fragment);
            boolean first = joined.size() == 0;
            if (type != 22 || version >> 8 != 3 || fragment.length == 0 || fragment.length > 1 << 14 || first && (fragment[0] != 1
                || fragment.length < 4)) {
                return null;
            }
            joined.writeBytes(fragment);
        }
        return ByteBuffer.wrap(joined.toByteArray());
    }

    /** Read with exceptions where something is missing. */
    private static final class Hello {
        final List<Integer> shares = new ArrayList<>();
        final Set<Integer> types = new HashSet<>();
        final int behind;
        int groups;
        int tickets;
        int name;
        boolean valid;

        Hello(ByteBuffer message) {
            int size = message.getInt() & 0xffffff;
            behind = message.remaining() - size;
            ByteBuffer hello = message.slice(message.position(), size);
            valid = hello.get() == 3;
            hello.position(34);
            int id = part(hello, hello.get() & 0xff).remaining();
            int suites = part(hello, hello.getShort() & 0xffff).remaining();
            int compressions = part(hello, hello.get() & 0xff).remaining();
            valid &= id <= 32 && suites >= 2 && suites % 2 == 0 && compressions > 0;
            if (hello.hasRemaining()) {
                readExtensions(part(hello, hello.getShort() & 0xffff));
            }
            valid &= !hello.hasRemaining();
        }

        private void readExtensions(ByteBuffer list) {
            while (list.hasRemaining()) {
                int type = list.getShort() & 0xffff;
                valid &= types.add(type) && types.size() <= 100;
                read(type, part(list, list.getShort() & 0xffff));
            }
        }

        private void read(int type, ByteBuffer content) {
            if (type == 35) {
                tickets += content.remaining();
                return;
            }
            if (type != 0 && type != 10 && type != 41 && type != 51) {
                return;
            }
            ByteBuffer list = part(content, content.getShort() & 0xffff);
            if (type == 10) {
                groups = list.remaining() / 2;
                valid &= groups > 0 && list.remaining() % 2 == 0;
                list.position(list.limit());
            }
            while (list.hasRemaining()) {
                readItem(type, list);
            }
            if (type == 41) {
                part(content, content.getShort() & 0xffff);
            }
            valid &= !content.hasRemaining();
        }

        private void readItem(int type, ByteBuffer list) {
            int kind = type == 0 ? list.get() : type == 51 ? list.getShort() : 0;
            int length = part(list, list.getShort() & 0xffff).remaining();
            if (type == 0 && kind == 0) {
                name = length;
            } else if (type == 51) {
                shares.add(length);
            } else if (type == 41) {
                tickets += length;
                list.getInt();
            }
        }

        private static ByteBuffer part(ByteBuffer from, int length) {
            ByteBuffer part = from.slice(from.position(), length);
            from.position(from.position() + length);
            return part;
        }
    }

    /** A ClientHello or a ServerHello whose vectors have the right lengths but for one that the fuzzer changes, sometimes. */
    private static byte[] nearlyRight(FuzzedDataProvider data) {
        boolean client = data.consumeBoolean();
        ByteArrayOutputStream extensions = new ByteArrayOutputStream();
        for (int n = data.consumeInt(0, 6); n > 0; n--) {
            int type = data.pickValue(new int[] {0, 10, 16, 35, 41, 43, 44, 51});
            extensions.writeBytes(vector(2, u16(type), content(type, client, data)));
        }
        byte[] body = concat(new byte[] {3, 3}, new byte[32], vector(1, new byte[0], data.consumeBytes(data.consumeInt(0, 33))),
            client ? new byte[] {0, 2, 0x13, 1, 1, 0} : new byte[] {0x13, 1, 0}, vector(2, new byte[0], extensions.toByteArray()));
        byte[] record = vector(2, new byte[] {22, 3, 1}, concat(new byte[] {(byte) (client ? 1 : 2), 0}, vector(2, new byte[0], body)));
        if (data.consumeBoolean()) {
            record[data.consumeInt(0, record.length - 1)] = data.consumeByte();
        }
        return record;
    }

    private static byte[] content(int type, boolean client, FuzzedDataProvider data) {
        if (data.consumeInt(0, 9) == 0) {
            return data.consumeBytes(data.consumeInt(0, 40));
        }
        byte[] some = data.consumeBytes(data.consumeInt(1, 40));
        switch (type) {
            case 0:
                return vector(2, new byte[0], vector(2, new byte[] {0}, some));
            case 10:
                return vector(2, new byte[0], concat(u16(0x11ec), u16(data.consumeInt(0, 0xffff))));
            case 41:
                return client ? concat(vector(2, new byte[0], concat(vector(2, new byte[0], some), new byte[4])), u16(0)) : u16(0);
            case 51:
                byte[] share = vector(2, u16(data.consumeInt(0, 0xffff)), some);
                return client ? vector(2, new byte[0], concat(share, share)) : share;
            default:
                return some;
        }
    }

    private static byte[] vector(int lengthBytes, byte[] head, byte[] content) {
        return concat(head, lengthBytes == 1 ? new byte[] {(byte) content.length} : u16(content.length), content);
    }

    private static byte[] u16(int number) {
        return new byte[] {(byte) (number >> 8), (byte) number};
    }

    private static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static void check(boolean holds, String what, byte[] all) {
        if (!holds) {
            throw new AssertionError(what + " differs for " + HexFormat.of().formatHex(all));
        }
    }
}
