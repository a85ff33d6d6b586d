// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.destinations;

import java.net.InetAddress;
import java.util.Optional;

/** What others than this process have met on a path. */
public interface Precedents {

    /**
     * SYNs that a path has lost because of Fast Open.
     *
     * @param local where they left
     * @param inARow how many, without one in between that was answered
     * @param sinceMillis since the last of them, in ms
     */
    record LostSyns(InetAddress local, int inARow, long sinceMillis) {
    }

    /** What a destination's path has lost; empty if nothing is known of that. */
    Optional<LostSyns> of(InetAddress remote);
}
