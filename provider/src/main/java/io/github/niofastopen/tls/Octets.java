// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.tls;

/**
 * A part of a byte array, read from its beginning to its end in the units of TLS (RFC 8446, 3). Nothing is thrown for what
 * isn't there: it reads as zero or as nothing, and the part is damaged from then on.
 */
final class Octets {
    private final byte[] bytes;
    private int at;
    private final int end;
    private boolean damaged;

    Octets(byte[] bytes, int from, int end) {
        this.bytes = bytes;
        this.at = from;
        this.end = end;
    }

    /** Part of an array, or nothing, damaged, where the array doesn't have that part. */
    static Octets of(byte[] bytes, int offset, int length) {
        boolean there = offset >= 0 && length >= 0 && offset <= bytes.length - length;
        Octets octets = there ? new Octets(bytes, offset, offset + length) : new Octets(bytes, 0, 0);
        octets.damaged = !there;
        return octets;
    }

    int at() {
        return at;
    }

    byte[] array() {
        return bytes;
    }

    int remaining() {
        return end - at;
    }

    boolean hasMore() {
        return at < end;
    }

    /** Whether all that was asked for was there. */
    boolean isIntact() {
        return !damaged;
    }

    /** The same, and that nothing is left. */
    boolean isUsedUp() {
        return !damaged && at == end;
    }

    int u8() {
        return number(1);
    }

    int u16() {
        return number(2);
    }

    int u24() {
        return number(3);
    }

    void skip(int length) {
        if (takes(length)) {
            at += length;
        }
    }

    /** A vector whose length is told by one octet. */
    Octets vector8() {
        return next(u8());
    }

    Octets vector16() {
        return next(u16());
    }

    /** So many octets; none, damaged, if there aren't as many. */
    Octets next(int length) {
        int from = at;
        skip(length);
        Octets part = new Octets(bytes, damaged ? at : from, at);
        part.damaged = damaged;
        return part;
    }

    private int number(int size) {
        int number = 0;
        if (takes(size)) {
            for (int i = 0; i < size; i++) {
                number = number << 8 | bytes[at++] & 0xff;
            }
        }
        return number;
    }

    /** What is damaged is read no further. */
    private boolean takes(int size) {
        damaged = damaged || size > remaining();
        at = damaged ? end : at;
        return !damaged;
    }
}
