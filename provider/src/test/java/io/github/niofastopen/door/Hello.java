// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.door;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** A ClientHello or ServerHello, taken from the record that it fills (RFC 8446, 4.1). */
final class Hello {
    private static final int SUPPORTED_GROUPS = 10;
    private static final int PRE_SHARED_KEY = 41;
    private static final int KEY_SHARE = 51;
    /** RFC 8446, 4.1.3: the random of a HelloRetryRequest begins so. */
    private static final int RETRY = 0xCF21AD74;

    private final int length;
    private final boolean isOfClient;
    private final int randomStart;
    private final TreeMap<Integer, ByteBuffer> extensions = new TreeMap<>();

    Hello(ByteBuffer record) {
        length = record.remaining();
        ByteBuffer in = record.duplicate();
        in.position(in.position() + 5);
        isOfClient = in.get() == 1;
        in.position(in.position() + 3 + 2);
        randomStart = in.getInt();
        in.position(in.position() + 28);
        skip(in, in.get() & 0xFF);
        if (isOfClient) {
            skip(in, in.getShort() & 0xFFFF);
            skip(in, in.get() & 0xFF);
        } else {
            skip(in, 3);
        }
        for (ByteBuffer all = slice(in, in.remaining() < 2 ? 0 : in.getShort() & 0xFFFF); all.hasRemaining();) {
            int type = all.getShort() & 0xFFFF;
            extensions.put(type, slice(all, all.getShort() & 0xFFFF));
        }
    }

    private static void skip(ByteBuffer in, int length) {
        in.position(in.position() + length);
    }

    private static ByteBuffer slice(ByteBuffer in, int length) {
        ByteBuffer slice = in.slice();
        slice.limit(length);
        skip(in, length);
        return slice;
    }

    /** Of the record. */
    int length() {
        return length;
    }

    boolean isRetryRequest() {
        return !isOfClient && randomStart == RETRY;
    }

    boolean hasPreSharedKey() {
        return extensions.containsKey(PRE_SHARED_KEY);
    }

    List<Integer> groups() {
        ByteBuffer in = extensions.get(SUPPORTED_GROUPS).duplicate();
        in.getShort();
        List<Integer> groups = new ArrayList<>();
        while (in.hasRemaining()) {
            groups.add(in.getShort() & 0xFFFF);
        }
        return groups;
    }

    /** The groups of the shares; of a server's hello the one that was chosen, or none. */
    List<Integer> shares() {
        if (!extensions.containsKey(KEY_SHARE)) {
            return List.of();
        }
        ByteBuffer in = extensions.get(KEY_SHARE).duplicate();
        if (!isOfClient) {
            return List.of(in.getShort() & 0xFFFF);
        }
        in.getShort();
        List<Integer> shares = new ArrayList<>();
        while (in.hasRemaining()) {
            shares.add(in.getShort() & 0xFFFF);
            skip(in, in.getShort() & 0xFFFF);
        }
        return shares;
    }
}
