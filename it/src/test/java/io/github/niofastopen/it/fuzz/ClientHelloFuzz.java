// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.fuzz;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import io.github.niofastopen.tls.ClientHello;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Any bytes, cut into any buffers: what is taken for a ClientHello, held against RFC 8446 read byte by byte. */
public final class ClientHelloFuzz {
    private static final int MOST_BUFFERS = 6;
    private static final int MOST_BYTES = 1 << 15;

    private ClientHelloFuzz() {
    }

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(FuzzedDataProvider data) {
        ByteBuffer[] buffers = buffers(data);
        int offset = data.consumeInt(0, buffers.length);
        int length = data.consumeInt(0, buffers.length - offset);
        byte[] all = flat(buffers, offset, length);
        List<Integer> before = positions(buffers);

        byte[] taken = ClientHello.copyFrom(buffers, offset, length);

        byte[] expected = record(all);
        check((taken != null) == (expected != null), "taken or not", all);
        // Only then: Jazzer's hook for Arrays.equals crashes on null.
        check(taken == null || Arrays.equals(taken, expected), "taken", all);
        check(ClientHello.beginsIn(buffers, offset, length) == (expected != null), "recognised", all);
        check(positions(buffers).equals(before), "positions", all);
    }

    /** The record at the start if it begins with a ClientHello, as far as it is there; otherwise null. */
    private static byte[] record(byte[] all) {
        if (all.length < 11) {
            return null;
        }
        int fragment = Byte.toUnsignedInt(all[3]) * 256 + Byte.toUnsignedInt(all[4]);
        boolean handshake = all[0] == 0x16 && all[1] == 3 && Byte.toUnsignedInt(all[2]) <= 4;
        boolean clientHello = all[5] == 1 && all[9] == 3;
        boolean sized = fragment >= 6 && fragment <= 16384;
        return handshake && clientHello && sized ? Arrays.copyOf(all, Math.min(all.length, 5 + fragment)) : null;
    }

    /** Every other time behind a head that is nearly right, which random bytes hardly ever are. */
    private static ByteBuffer[] buffers(FuzzedDataProvider data) {
        List<ByteBuffer> buffers = new ArrayList<>();
        if (data.consumeBoolean()) {
            byte[] head = {22, 3, 1, data.consumeByte(), data.consumeByte(), 1, 0, 1, 0, 3, 3};
            head[data.consumeInt(0, head.length - 1)] = data.consumeByte();
            int cut = data.consumeInt(0, head.length);
            buffers.add(ByteBuffer.wrap(head, 0, cut));
            buffers.add(ByteBuffer.wrap(head, cut, head.length - cut).slice().asReadOnlyBuffer());
        }
        int more = data.consumeInt(1, MOST_BUFFERS);
        for (int i = 0; i < more; i++) {
            byte[] bytes = data.consumeBytes(data.consumeInt(0, MOST_BYTES));
            ByteBuffer buffer = data.consumeBoolean() ? ByteBuffer.allocate(bytes.length) : ByteBuffer.allocateDirect(bytes.length);
            buffers.add(buffer.put(bytes).flip().position(data.consumeInt(0, bytes.length)));
        }
        return buffers.toArray(ByteBuffer[]::new);
    }

    private static byte[] flat(ByteBuffer[] buffers, int offset, int length) {
        int size = 0;
        for (int i = offset; i < offset + length; i++) {
            size += buffers[i].remaining();
        }
        ByteBuffer all = ByteBuffer.allocate(size);
        for (int i = offset; i < offset + length; i++) {
            all.put(buffers[i].duplicate());
        }
        return all.array();
    }

    private static List<Integer> positions(ByteBuffer[] buffers) {
        return Arrays.stream(buffers).map(ByteBuffer::position).toList();
    }

    private static void check(boolean holds, String what, byte[] all) {
        if (!holds) {
            throw new AssertionError(what + " differs for " + Arrays.toString(Arrays.copyOf(all, 16)));
        }
    }
}
