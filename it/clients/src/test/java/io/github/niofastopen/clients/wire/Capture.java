// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.clients.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The lab's capture, taken apart into connections: IPv4 packets without a link layer. */
public final class Capture {
    private static final int FILE_HEADER = 24;
    private static final int PACKET_HEADER = 16;
    private static final int TCP = 6;
    private static final int FLAG_SYN = 2;
    private static final int FLAG_ACK = 16;

    private final int serverPort;
    /** The last one of each pair of the client's port and the server's address. */
    private final Map<String, Conversation> open = new LinkedHashMap<>();
    private final List<Conversation> all = new ArrayList<>();

    private Capture(int serverPort) {
        this.serverPort = serverPort;
    }

    /** The connections to a port, in order of their first SYN. */
    public static List<Conversation> read(Path file, int serverPort) throws IOException {
        Capture capture = new Capture(serverPort);
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        bytes.position(FILE_HEADER);
        while (bytes.remaining() >= PACKET_HEADER) {
            int length = bytes.getInt(bytes.position() + 8);
            bytes.position(bytes.position() + PACKET_HEADER);
            capture.see(bytes.slice(bytes.position(), length));
            bytes.position(bytes.position() + length);
        }
        return capture.all;
    }

    private void see(ByteBuffer packet) {
        if (packet.get(0) >> 4 != 4 || packet.get(9) != TCP) {
            return;
        }
        int tcp = (packet.get(0) & 0xf) * 4;
        int from = packet.getShort(tcp) & 0xffff;
        int to = packet.getShort(tcp + 2) & 0xffff;
        boolean near = to == serverPort;
        String server = address(packet, near ? 16 : 12);
        String key = server + " " + (near ? from : to);
        int flags = packet.get(tcp + 13);
        if (near && (flags & (FLAG_SYN | FLAG_ACK)) == FLAG_SYN && !isAgain(key, packet.getInt(tcp + 4))) {
            open.put(key, new Conversation(server, packet.getInt(tcp + 4)));
            all.add(open.get(key));
        }
        if (open.containsKey(key)) {
            int start = tcp + (packet.get(tcp + 12) >> 4 & 0xf) * 4;
            byte[] data = new byte[(packet.getShort(2) & 0xffff) - start];
            packet.get(start, data);
            open.get(key).add(near, (flags & FLAG_SYN) != 0, packet.getInt(tcp + 4), data);
        }
    }

    private boolean isAgain(String key, int sequence) {
        return open.containsKey(key) && open.get(key).beginsAt(sequence);
    }

    private static String address(ByteBuffer packet, int at) {
        return (packet.get(at) & 0xff) + "." + (packet.get(at + 1) & 0xff) + "." + (packet.get(at + 2) & 0xff) + "."
            + (packet.get(at + 3) & 0xff);
    }
}
