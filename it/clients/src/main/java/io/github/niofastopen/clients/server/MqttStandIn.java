// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.clients.server;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLSocket;

/** As much of an MQTT 3.1.1 broker as a client asks to publish something once. */
final class MqttStandIn {
    private static final int CONNECT = 1;
    private static final int PUBLISH = 3;
    private static final int PING = 12;

    private MqttStandIn() {
    }

    static void answer(SSLSocket socket, DataInputStream in, DataOutputStream out) throws IOException {
        int type = in.readUnsignedByte() >> 4;
        byte[] rest = new byte[length(in)];
        in.readFully(rest);
        switch (type) {
            case CONNECT -> out.write(new byte[] {0x20, 2, 0, 0});
            case PUBLISH -> {
                ByteBuffer publish = ByteBuffer.wrap(rest);
                int topicLength = publish.getShort();
                short packet = publish.getShort(Short.BYTES + topicLength);
                out.write(ByteBuffer.allocate(4).put((byte) 0x40).put((byte) 2).putShort(packet).array());
            }
            case PING -> out.write(new byte[] {(byte) 0xd0, 0});
            default -> {
                // That it goes, for one.
            }
        }
    }

    /** Seven bits a byte, the lowest first. */
    private static int length(DataInputStream in) throws IOException {
        int length = 0;
        int shift = 0;
        int next;
        do {
            next = in.readUnsignedByte();
            length |= (next & 0x7f) << shift;
            shift += 7;
        } while (next > 0x7f);
        return length;
    }
}
