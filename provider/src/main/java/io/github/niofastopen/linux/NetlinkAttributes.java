// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.linux;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/** The attributes of a netlink message, by type: each 2 octets of length, 2 of type, and a value (netlink(7)). */
final class NetlinkAttributes {
    private static final int HEADER = 4;
    private static final int ALIGNMENT = 4;
    /** NLA_TYPE_MASK without the flags for nested values and byte order. */
    private static final int TYPE_MASK = 0x3fff;

    private final Map<Integer, ByteBuffer> values = new HashMap<>();

    /** @throws BufferUnderflowException if an attribute is cut off */
    NetlinkAttributes(ByteBuffer bytes) {
        while (bytes.remaining() >= HEADER) {
            int start = bytes.position();
            int length = bytes.getShort() & 0xffff;
            int type = bytes.getShort() & TYPE_MASK;
            if (length < HEADER || length > bytes.limit() - start) {
                throw new BufferUnderflowException();
            }
            values.put(type, bytes.slice(start + HEADER, length - HEADER).order(bytes.order()));
            bytes.position(Math.min(aligned(start + length), bytes.limit()));
        }
    }

    static int aligned(int length) {
        return (length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }

    /** Appends an attribute to a message. */
    static void put(ByteBuffer message, int type, byte[] value) {
        message.putShort((short) (HEADER + value.length)).putShort((short) type).put(value);
        message.position(aligned(message.position()));
    }

    boolean has(int type) {
        return values.containsKey(type);
    }

    byte[] bytes(int type) {
        ByteBuffer value = values.get(type);
        byte[] bytes = new byte[value == null ? 0 : value.remaining()];
        if (value != null) {
            value.duplicate().get(bytes);
        }
        return bytes;
    }

    NetlinkAttributes nested(int type) {
        ByteBuffer value = values.get(type);
        return new NetlinkAttributes(value == null ? ByteBuffer.allocate(0) : value.duplicate().order(value.order()));
    }

    /** A number of 2, 4 or 8 octets; the default if there is no such attribute. */
    long number(int type, long byDefault) {
        ByteBuffer value = values.get(type);
        if (value == null) {
            return byDefault;
        }
        switch (value.remaining()) {
            case Short.BYTES:
                return value.getShort(0) & 0xffff;
            case Integer.BYTES:
                return value.getInt(0) & 0xffffffffL;
            default:
                return value.getLong(0);
        }
    }
}
