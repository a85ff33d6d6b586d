// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.jmh.established;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/**
 * Writes to an established connection and reads from it, one octet at a time, until the compiler has done what it will,
 * and prints how many octets of the heap a round takes from then on. Nobody else takes part: both ends are this thread's.
 */
public final class Repeated {
    private static final int UNTIL_COMPILED = 100_000;
    private static final int COUNTED = 10_000;

    private Repeated() {
    }

    public static void main(String[] args) throws IOException {
        try (Loopback loopback = new Loopback()) {
            Loopback.Ends ends = loopback.connect();
            ByteBuffer octet = ByteBuffer.allocateDirect(1);
            repeat(UNTIL_COMPILED, ends, octet);
            ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            threads.getCurrentThreadAllocatedBytes(); // what its first call allocates
            long before = threads.getCurrentThreadAllocatedBytes();
            repeat(COUNTED, ends, octet);
            long bytes = threads.getCurrentThreadAllocatedBytes() - before;
            System.out.println("bytes of a round: " + (bytes + COUNTED / 2) / COUNTED);
        }
    }

    private static void repeat(int times, Loopback.Ends ends, ByteBuffer octet) throws IOException {
        for (int i = 0; i < times; i++) {
            writeTo(ends.opened(), octet.clear());
            ends.accepted().read(octet.clear());
            ends.accepted().write(octet.flip());
            readFrom(ends.opened(), octet.clear());
        }
    }

    /** Apart, so that the compiler's log has a beginning that is easily found. */
    private static void writeTo(SocketChannel channel, ByteBuffer octet) throws IOException {
        channel.write(octet);
    }

    private static void readFrom(SocketChannel channel, ByteBuffer octet) throws IOException {
        channel.read(octet);
    }
}
