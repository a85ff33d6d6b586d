// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.benchmarks.path.near;

import java.net.InetSocketAddress;

/** Makes exchanges, each over a connection of its own, which the server ends. */
interface Client {
    /**
     * One exchange, until the connection is closed.
     *
     * @param resume whether a session of an earlier exchange may be resumed; otherwise the handshake is a full one
     */
    Times exchange(InetSocketAddress server, boolean resume) throws Exception;

    /**
     * On the clock of {@link System#nanoTime()}.
     *
     * @param connectNanos when the application asked for the connection
     * @param firstByteNanos when it was shown the beginning of the response
     */
    record Times(long connectNanos, long firstByteNanos) {
    }
}
