// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.clients.wire;

import io.github.niofastopen.tls.ClientHelloParts;
import io.github.niofastopen.tls.ServerHelloParts;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One connection's packets in the order in which they passed the near end. */
public final class Conversation {
    private static final int RECORD_HEADER = 5;

    private final String serverAddress;
    private final int nearSequence;
    private int farSequence;
    private final List<Packet> packets = new ArrayList<>();

    /** @param end of its data in the stream of its direction */
    private record Packet(boolean near, boolean syn, byte[] data, int end) {
    }

    Conversation(String serverAddress, int nearSequence) {
        this.serverAddress = serverAddress;
        this.nearSequence = nearSequence;
    }

    boolean beginsAt(int sequence) {
        return nearSequence == sequence;
    }

    void add(boolean near, boolean syn, int sequence, byte[] data) {
        if (!near && syn) {
            farSequence = sequence;
        }
        int from = sequence + (syn ? 1 : 0) - (near ? nearSequence : farSequence) - 1;
        packets.add(new Packet(near, syn, data, from + data.length));
    }

    public String serverAddress() {
        return serverAddress;
    }

    /** How many bytes of data were in the first SYN. */
    public int synPayload() {
        return packets.get(0).data().length;
    }

    public ClientHelloParts hello() {
        byte[] sent = stream(true);
        return ClientHelloParts.read(sent, 0, sent.length);
    }

    public boolean wasAskedAgain() {
        return record(true).isPresent();
    }

    /** The server's choice. */
    public ServerHelloParts answer() {
        return record(false).orElseThrow().hello();
    }

    /** What the client waited for before the server's choice was there: how often it sent something, and the server then did. */
    public int roundTrips() {
        int end = record(false).orElseThrow().end();
        int turns = 0;
        boolean near = false;
        for (Packet packet : packets) {
            if (!packet.syn() && packet.data().length == 0) {
                continue;
            }
            turns += packet.near() && !near ? 1 : 0;
            near = packet.near();
            if (!near && packet.end() >= end) {
                break;
            }
        }
        return turns;
    }

    private record ServerRecord(ServerHelloParts hello, int end) {
    }

    private Optional<ServerRecord> record(boolean retry) {
        byte[] received = stream(false);
        int at = 0;
        while (at + RECORD_HEADER <= received.length) {
            int end = at + RECORD_HEADER + ((received[at + 3] & 0xff) << 8 | received[at + 4] & 0xff);
            ServerHelloParts hello = ServerHelloParts.read(received, at, received.length - at);
            if (hello != null && hello.isHelloRetryRequest() == retry) {
                return Optional.of(new ServerRecord(hello, end));
            }
            at = end;
        }
        return Optional.empty();
    }

    private byte[] stream(boolean near) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (Packet packet : packets) {
            int known = joined.size() - (packet.end() - packet.data().length);
            if (packet.near() == near && known >= 0 && known < packet.data().length) {
                joined.write(packet.data(), known, packet.data().length - known);
            }
        }
        return joined.toByteArray();
    }
}
