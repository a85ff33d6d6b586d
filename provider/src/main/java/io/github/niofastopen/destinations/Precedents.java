// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.destinations;

import java.net.InetAddress;
import java.util.Optional;

/** What others than this process have met on a path. */
public interface Precedents {

    /**
     * What is known of a path.
     *
     * @param local where the connections left that it is known from
     * @param ageMillis since the last of them that left something, in ms
     * @param rttMicros the smoothed round-trip time, 0 if unknown
     * @param lostSyns how many SYNs were lost because of Fast Open, without one in between that was answered
     * @param sinceLostMillis since the last of them, in ms; 0 if there was none
     */
    record Precedent(InetAddress local, long ageMillis, int rttMicros, int lostSyns, long sinceLostMillis) {
    }

    /** What a destination's path has shown; empty if nothing is known. */
    Optional<Precedent> of(InetAddress remote);
}
