// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.benchmarks.path.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaptureTest {
    private static final int SYN = 2;
    private static final int ACK = 16;
    private static final int SERVER = 443;
    private static final int PORT = 40000;
    private static final int CLIENT_HELLO = 1;
    private static final int SERVER_HELLO = 2;
    private static final int SUPPORTED_VERSIONS = 43;
    private static final int PRE_SHARED_KEY = 41;

    @TempDir
    private Path folder;
    private final ByteArrayOutputStream capture = new ByteArrayOutputStream();
    /** The next sequence numbers: near wraps around within its first flight. */
    private int near = -3;
    private int far = 5000;

    @BeforeEach
    void begin() {
        capture.writeBytes(new byte[24]);
    }

    @Test
    void theStepsOfAConnectionWhoseClientHelloRidesInTheSyn() throws IOException {
        fromNear(0, SYN, hello(CLIENT_HELLO, SUPPORTED_VERSIONS));
        fromFar(50_000, SYN | ACK);
        fromFar(50_600, ACK, hello(SERVER_HELLO, SUPPORTED_VERSIONS), encrypted(900));
        fromNear(51_600, ACK, encrypted(53));
        fromNear(51_700, ACK, encrypted(100));
        fromFar(101_900, ACK, encrypted(250));
        fromFar(102_300, ACK, encrypted(220));
        fromFar(102_400, ACK, encrypted(19));

        assertThat(read().get(0).steps()).contains(
            new Conversation.Steps(false, false, 50.0, 0.0, 50.6, 51.6, 51.7, 102.3));
    }

    @Test
    void theStepsOfAConnectionWhoseClientHelloFollowsTheSynAck() throws IOException {
        fromNear(0, SYN);
        fromFar(50_000, SYN | ACK);
        fromNear(51_000, ACK, hello(CLIENT_HELLO, PRE_SHARED_KEY));
        fromFar(101_500, ACK, hello(SERVER_HELLO, SUPPORTED_VERSIONS, PRE_SHARED_KEY));
        fromNear(102_000, ACK, encrypted(53), encrypted(100));
        fromFar(152_500, ACK, encrypted(220), encrypted(19));

        assertThat(read().get(0).steps()).contains(
            new Conversation.Steps(true, true, 50.0, 51.0, 101.5, 102.0, 102.0, 152.5));
    }

    @Test
    void aSegmentThatIsSentAgainCountsAtItsFirstTime() throws IOException {
        fromNear(0, SYN, hello(CLIENT_HELLO, SUPPORTED_VERSIONS));
        int afterHello = near;
        near = -2;
        fromFar(50_000, SYN | ACK);
        fromNear(50_100, ACK, hello(CLIENT_HELLO, SUPPORTED_VERSIONS));
        assertThat(near).isEqualTo(afterHello);
        fromFar(100_000, ACK, hello(SERVER_HELLO, SUPPORTED_VERSIONS));
        fromNear(101_000, ACK, encrypted(53), encrypted(100));
        fromFar(151_000, ACK, encrypted(220));

        assertThat(read().get(0).steps().orElseThrow().clientHello()).isZero();
    }

    @Test
    void aPortThatIsUsedAgainIsAnotherConnection() throws IOException {
        fromNear(0, SYN);
        near = 900_000;
        fromNear(500_000, SYN);

        assertThat(read()).hasSize(2);
    }

    @Test
    void withoutAResponseThereAreNoSteps() throws IOException {
        fromNear(0, SYN, hello(CLIENT_HELLO, SUPPORTED_VERSIONS));
        fromFar(50_000, SYN | ACK, hello(SERVER_HELLO, SUPPORTED_VERSIONS));

        assertThat(read().get(0).steps()).isEmpty();
    }

    @Test
    void anOlderTlsHasNoSteps() throws IOException {
        fromNear(0, SYN, hello(CLIENT_HELLO, SUPPORTED_VERSIONS));
        fromFar(50_000, SYN | ACK, hello(SERVER_HELLO));
        fromNear(51_000, ACK, encrypted(53), encrypted(100));
        fromFar(101_000, ACK, encrypted(220));

        assertThat(read().get(0).steps()).isEmpty();
    }

    private List<Conversation> read() throws IOException {
        return Capture.read(Files.write(folder.resolve("capture.pcap"), capture.toByteArray()), SERVER);
    }

    private void fromNear(int micros, int flags, byte[]... records) {
        near = packet(micros, PORT, SERVER, near, flags, records);
    }

    private void fromFar(int micros, int flags, byte[]... records) {
        far = packet(micros, SERVER, PORT, far, flags, records);
    }

    /** Gives the next sequence number. */
    private int packet(int micros, int from, int to, int sequence, int flags, byte[]... records) {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        for (byte[] record : records) {
            data.writeBytes(record);
        }
        int length = 40 + data.size();
        capture.writeBytes(ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN).putInt(micros / 1_000_000)
            .putInt(micros % 1_000_000).putInt(length).putInt(length).array());
        ByteBuffer packet = ByteBuffer.allocate(length).put(0, (byte) 0x45).putShort(2, (short) length).put(9, (byte) 6)
            .putShort(20, (short) from).putShort(22, (short) to).putInt(24, sequence).put(32, (byte) 0x50).put(33, (byte) flags);
        packet.put(40, data.toByteArray());
        capture.writeBytes(packet.array());
        return sequence + data.size() + (flags & SYN) / SYN;
    }

    private static byte[] hello(int type, int... extensions) {
        boolean client = type == CLIENT_HELLO;
        ByteBuffer message = ByteBuffer.allocate((client ? 47 : 44) + extensions.length * 4);
        message.putInt(type << 24 | message.capacity() - 4).put(new byte[34]).put((byte) 0);
        if (client) {
            message.putShort((short) 2).putShort((short) 0x1301).put((byte) 1).put((byte) 0);
        } else {
            message.putShort((short) 0x1301).put((byte) 0);
        }
        message.putShort((short) (extensions.length * 4));
        for (int extension : extensions) {
            message.putShort((short) extension).putShort((short) 0);
        }
        return record(22, message.array());
    }

    private static byte[] encrypted(int length) {
        return record(23, new byte[length]);
    }

    private static byte[] record(int type, byte[] content) {
        return ByteBuffer.allocate(5 + content.length).put((byte) type).putShort((short) 0x0303)
            .putShort((short) content.length).put(content).array();
    }
}
