// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.benchmarks.path.wire;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The bytes of one direction of a connection, and when each passed for the first time. */
final class ByteStream {
    private static final int RECORD_HEADER = 5;

    private final int initialSequence;
    private final TreeMap<Integer, Part> parts = new TreeMap<>();

    ByteStream(int initialSequence) {
        this.initialSequence = initialSequence;
    }

    int initialSequence() {
        return initialSequence;
    }

    /** @param sequence the sequence number of the first byte of data */
    void add(int sequence, byte[] data, long micros) {
        if (data.length > 0) {
            parts.putIfAbsent(sequence - initialSequence - 1, new Part(data, micros));
        }
    }

    /** The TLS records (RFC 8446 section 5.1), as far as their headers are there; cut off at a gap. */
    List<Record> records() {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        TreeMap<Integer, Long> times = new TreeMap<>();
        for (Map.Entry<Integer, Part> part : parts.entrySet()) {
            int known = joined.size() - part.getKey();
            if (known < 0) {
                break;
            }
            byte[] data = part.getValue().data();
            if (known < data.length) {
                times.put(joined.size(), part.getValue().micros());
                joined.write(data, known, data.length - known);
            }
        }
        byte[] bytes = joined.toByteArray();
        List<Record> records = new ArrayList<>();
        int at = 0;
        while (at + RECORD_HEADER <= bytes.length) {
            int length = (bytes[at + 3] & 0xff) << 8 | bytes[at + 4] & 0xff;
            int end = Math.min(bytes.length, at + RECORD_HEADER + length);
            records.add(new Record(bytes[at], length, times.floorEntry(at).getValue(),
                Arrays.copyOfRange(bytes, at + RECORD_HEADER, end)));
            at += RECORD_HEADER + length;
        }
        return records;
    }

    /**
     * @param type the content type that shows on the wire
     * @param length of what follows the header
     * @param micros when its first byte passed
     * @param content what follows the header
     */
    record Record(int type, int length, long micros, byte[] content) {
    }

    private record Part(byte[] data, long micros) {
    }
}
