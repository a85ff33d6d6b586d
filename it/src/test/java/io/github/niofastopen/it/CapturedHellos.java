// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The first hellos of both sides of each connection in a capture of IPv4 packets, without any loss, in order of the SYNs. */
final class CapturedHellos {
    private static final int FILE_HEADER = 24;
    private static final int RECORD_HEADER = 16;
    private static final int SUPPORTED_GROUPS = 10;
    private static final int KEY_SHARE = 51;

    /** What one side sent, by its sequence numbers from the SYN's on. */
    private final TreeMap<Integer, ByteBuffer> fromClient = new TreeMap<>();
    private final TreeMap<Integer, ByteBuffer> fromServer = new TreeMap<>();
    private int clientStart;
    private int serverStart;

    private CapturedHellos() {
    }

    static List<CapturedHellos> in(Path capture, int serverPort) throws IOException {
        Map<Integer, CapturedHellos> byPort = new LinkedHashMap<>();
        ByteBuffer file = ByteBuffer.wrap(Files.readAllBytes(capture)).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = FILE_HEADER; at + RECORD_HEADER <= file.limit(); at += RECORD_HEADER + file.getInt(at + 8)) {
            ByteBuffer packet = file.slice(at + RECORD_HEADER, file.getInt(at + 8)).order(ByteOrder.BIG_ENDIAN);
            if (packet.get(0) >> 4 == 4 && packet.get(9) == 6) {
                add(byPort, packet, (packet.get(0) & 0xF) * 4, serverPort);
            }
        }
        return new ArrayList<>(byPort.values());
    }

    private static void add(Map<Integer, CapturedHellos> byPort, ByteBuffer packet, int tcp, int serverPort) {
        boolean toServer = (packet.getShort(tcp + 2) & 0xFFFF) == serverPort;
        CapturedHellos hellos = byPort.computeIfAbsent(packet.getShort(tcp + (toServer ? 0 : 2)) & 0xFFFF, port -> new CapturedHellos());
        int sequence = packet.getInt(tcp + 4);
        boolean syn = (packet.get(tcp + 13) & 2) != 0;
        if (syn && toServer) {
            hellos.clientStart = sequence + 1;
        } else if (syn) {
            hellos.serverStart = sequence + 1;
        }
        int start = tcp + (packet.get(tcp + 12) >> 4 & 0xF) * 4;
        if (packet.limit() > start) {
            int offset = sequence + (syn ? 1 : 0) - (toServer ? hellos.clientStart : hellos.serverStart);
            (toServer ? hellos.fromClient : hellos.fromServer).put(offset, packet.slice(start, packet.limit() - start));
        }
    }

    /** The groups that the client supports, by its first hello. */
    List<Integer> groups() {
        return numbers(extension(first(fromClient), SUPPORTED_GROUPS), false);
    }

    /** The groups that the client's first hello has shares of. */
    List<Integer> shares() {
        return numbers(extension(first(fromClient), KEY_SHARE), true);
    }

    /** The group in the server's first hello, which may be a HelloRetryRequest. */
    int chosen() {
        return extension(first(fromServer), KEY_SHARE).getShort(0) & 0xFFFF;
    }

    /** The length of the client's first record. */
    int helloLength() {
        return first(fromClient).limit();
    }

    private static ByteBuffer first(TreeMap<Integer, ByteBuffer> parts) {
        ByteBuffer all = ByteBuffer.allocate(1 << 16);
        parts.forEach((offset, part) -> all.position(offset).put(part.duplicate()));
        return all.flip().slice(0, 5 + (all.getShort(3) & 0xFFFF));
    }

    private static ByteBuffer extension(ByteBuffer record, int wanted) {
        boolean isOfClient = record.get(5) == 1;
        int at = 5 + 4 + 2 + 32;
        at += 1 + (record.get(at) & 0xFF);
        at += isOfClient ? 2 + (record.getShort(at) & 0xFFFF) : 3;
        at += (isOfClient ? 1 + (record.get(at) & 0xFF) : 0) + 2;
        while ((record.getShort(at) & 0xFFFF) != wanted) {
            at += 4 + (record.getShort(at + 2) & 0xFFFF);
        }
        return record.slice(at + 4, record.getShort(at + 2) & 0xFFFF);
    }

    private static List<Integer> numbers(ByteBuffer list, boolean withContent) {
        List<Integer> numbers = new ArrayList<>();
        for (int at = 2; at < list.limit(); at += 2 + (withContent ? 2 + (list.getShort(at + 2) & 0xFFFF) : 0)) {
            numbers.add(list.getShort(at) & 0xFFFF);
        }
        return numbers;
    }
}
