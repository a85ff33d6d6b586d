// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.benchmarks.path.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The lab's capture, put together: IPv4 packets without a link layer, times in microseconds. */
public final class Capture {
    private static final int FILE_HEADER = 24;
    private static final int PACKET_HEADER = 16;
    private static final int FLAG_SYN = 2;
    private static final int FLAG_ACK = 16;

    private final int serverPort;
    private final List<Conversation> conversations = new ArrayList<>();
    /** The youngest of each of the client's ports. */
    private final Map<Integer, Conversation> byPort = new HashMap<>();

    private Capture(int serverPort) {
        this.serverPort = serverPort;
    }

    /** The connections to a port, in order of their first SYN. */
    public static List<Conversation> read(Path file, int serverPort) throws IOException {
        Capture capture = new Capture(serverPort);
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        bytes.position(FILE_HEADER);
        while (bytes.remaining() >= PACKET_HEADER) {
            long micros = (bytes.getInt() & 0xffffffffL) * 1_000_000 + bytes.getInt();
            int length = bytes.getInt();
            bytes.getInt();
            capture.see(bytes.slice(bytes.position(), length), micros);
            bytes.position(bytes.position() + length);
        }
        return capture.conversations;
    }

    private void see(ByteBuffer packet, long micros) {
        if (packet.get(0) >> 4 != 4 || packet.get(9) != 6) {
            return;
        }
        int tcp = (packet.get(0) & 0xf) * 4;
        int from = packet.getShort(tcp) & 0xffff;
        int to = packet.getShort(tcp + 2) & 0xffff;
        int sequence = packet.getInt(tcp + 4);
        int start = tcp + (packet.get(tcp + 12) >> 4 & 0xf) * 4;
        boolean syn = (packet.get(tcp + 13) & FLAG_SYN) != 0;
        boolean ack = (packet.get(tcp + 13) & FLAG_ACK) != 0;
        byte[] data = new byte[(packet.getShort(2) & 0xffff) - start];
        packet.get(start, data);
        int first = syn ? sequence + 1 : sequence;
        if (to == serverPort) {
            Conversation conversation = byPort.get(from);
            if (syn && !ack && (conversation == null || conversation.near().initialSequence() != sequence)) {
                conversation = new Conversation(from, sequence, micros);
                byPort.put(from, conversation);
                conversations.add(conversation);
            }
            if (conversation != null) {
                conversation.near().add(first, data, micros);
            }
        } else if (from == serverPort && byPort.containsKey(to)) {
            Conversation conversation = byPort.get(to);
            if (syn) {
                conversation.answered(sequence, micros);
            }
            conversation.far().ifPresent(far -> far.add(first, data, micros));
        }
    }
}
