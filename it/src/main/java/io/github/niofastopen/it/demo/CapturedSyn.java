// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.demo;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** The first SYN with data in a capture of IPv4 packets, in hex and in words. */
final class CapturedSyn {
    private static final int FILE_HEADER = 24;
    private static final int RECORD_HEADER = 16;
    private static final int FLAG_SYN = 2;
    private static final int FLAG_ACK = 16;
    private static final int OPTION_END = 0;
    private static final int OPTION_NOP = 1;
    private static final int OPTION_FAST_OPEN = 34;
    private static final int SHOWN_BYTES = 48;

    private final ByteBuffer packet;
    private final int tcp;
    private final int data;

    private CapturedSyn(ByteBuffer packet) {
        this.packet = packet;
        this.tcp = (packet.get(0) & 0xf) * 4;
        this.data = tcp + (packet.get(tcp + 12) >> 4 & 0xf) * 4;
    }

    static Optional<CapturedSyn> firstWithDataIn(Path capture) throws IOException {
        ByteBuffer file = ByteBuffer.wrap(Files.readAllBytes(capture)).order(ByteOrder.LITTLE_ENDIAN);
        int position = FILE_HEADER;
        while (position + RECORD_HEADER <= file.limit()) {
            int length = file.getInt(position + 8);
            ByteBuffer packet = file.slice(position + RECORD_HEADER, length).order(ByteOrder.BIG_ENDIAN);
            if (isSynWithData(packet)) {
                return Optional.of(new CapturedSyn(packet));
            }
            position += RECORD_HEADER + length;
        }
        return Optional.empty();
    }

    private static boolean isSynWithData(ByteBuffer packet) {
        if (packet.get(0) >> 4 != 4 || packet.get(9) != 6) {
            return false;
        }
        CapturedSyn candidate = new CapturedSyn(packet);
        return (packet.get(candidate.tcp + 13) & (FLAG_SYN | FLAG_ACK)) == FLAG_SYN
            && packet.limit() > candidate.data;
    }

    /** Lines for a person to read. */
    List<String> describe() {
        List<String> lines = new ArrayList<>();
        lines.add("IPv4  " + address(12) + ":" + port(tcp) + " > " + address(16) + ":" + port(tcp + 2)
            + ", " + packet.limit() + " bytes");
        lines.add("TCP   SYN, cookie " + cookie().orElse("none") + " (option 34), "
            + (packet.limit() - data) + " bytes of data:");
        byte[] head = new byte[Math.min(SHOWN_BYTES, packet.limit() - data)];
        packet.get(data, head);
        for (int i = 0; i < head.length; i += 16) {
            lines.add("      " + HexFormat.ofDelimiter(" ").formatHex(head, i, Math.min(i + 16, head.length)));
        }
        lines.add("TLS   record type " + head[0] + (head[0] == 22 ? " (handshake)" : "")
            + ", version " + head[1] + "." + head[2] + ", " + (packet.getShort(data + 3) & 0xffff)
            + " bytes; handshake type " + head[5] + (head[5] == 1 ? " (ClientHello)" : "")
            + ", " + (packet.getInt(data + 5) & 0xffffff) + " bytes");
        return lines;
    }

    private Optional<String> cookie() {
        int option = tcp + 20;
        while (option < data) {
            int kind = packet.get(option);
            if (kind == OPTION_END) {
                break;
            }
            int length = kind == OPTION_NOP ? 1 : packet.get(option + 1);
            if (kind == OPTION_FAST_OPEN) {
                byte[] cookie = new byte[length - 2];
                packet.get(option + 2, cookie);
                return Optional.of(HexFormat.of().formatHex(cookie));
            }
            option += length;
        }
        return Optional.empty();
    }

    private String address(int at) {
        return (packet.get(at) & 0xff) + "." + (packet.get(at + 1) & 0xff) + "."
            + (packet.get(at + 2) & 0xff) + "." + (packet.get(at + 3) & 0xff);
    }

    private int port(int at) {
        return packet.getShort(at) & 0xffff;
    }
}
