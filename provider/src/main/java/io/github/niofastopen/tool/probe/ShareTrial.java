// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.tool.probe;

import io.github.niofastopen.tls.ClientHelloParts;
import java.util.List;

/**
 * Connections with Fast Open whose ClientHellos have certain key shares.
 *
 * @param groups as {@code jdk.tls.namedGroups} would have them
 * @param samples the connections; those of another trial where it came to the same groups
 */
public record ShareTrial(KeyShares shares, String groups, List<Sample> samples) {

    /** When the server's choice was read, in round trips: the least, since busy ends only ever add to it. */
    public double roundTrips(double rttMillis) {
        return samples.stream().mapToLong(sample -> sample.timeline().serverHello()).min().orElseThrow() / 1e6 / rttMillis;
    }

    public double firstByteMillis() {
        return Measurement.median(samples, Timeline::firstByte);
    }

    /** What most likely comes of it: a server that is several may answer differently. */
    public Handshake handshake() {
        return samples.get(samples.size() - 1).handshake();
    }

    public ClientHelloParts hello() {
        return handshake().hello();
    }

    /** Whether all connections were post-quantum. */
    public boolean isPostQuantum() {
        return samples.stream().allMatch(sample -> sample.handshake().isPostQuantum());
    }
}
