// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.outcome;

import java.net.InetSocketAddress;

/**
 * What is to be told of one connection.
 *
 * @param offeredBytes length of the first flight, 0 if there was none when the SYN left
 * @param acceptedBytes how much of it the peer took from the SYN
 * @param heldNanos how long the SYN was held back for the first write, in ns
 * @param peerNanos from the beginning of connect until the peer was heard from, in ns; 0 if Fast Open wasn't tried
 * @param rttMicros round-trip time of the handshake in microseconds, 0 if unknown
 */
public record Report(InetSocketAddress remote, Outcome outcome, int offeredBytes, int acceptedBytes, long heldNanos,
        long peerNanos, int rttMicros) {

    /** A connection in which Fast Open wasn't tried. */
    public static Report untried(InetSocketAddress remote, Outcome why) {
        return new Report(remote, why, 0, 0, 0, 0, 0);
    }
}
