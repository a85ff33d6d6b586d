// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.benchmarks.scale;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** What client and server of the benchmark agree on: loopback addresses, so many that local ports don't run out. */
final class Peers {
    static final int ADDRESSES = 64;
    static final int PORT = 8443;
    static final int HELLO = 300;

    private Peers() {
    }

    static InetSocketAddress address(int i) {
        return new InetSocketAddress("127.0.1." + (1 + i % ADDRESSES), PORT);
    }

    /** A record with the beginning of a ClientHello (RFC 8446, 4 and 5.1). */
    static ByteBuffer hello() {
        byte[] bytes = new byte[HELLO];
        System.arraycopy(new byte[] {22, 3, 1, 1, 39, 1, 0, 1, 35, 3, 3}, 0, bytes, 0, 11);
        return ByteBuffer.wrap(bytes);
    }
}
