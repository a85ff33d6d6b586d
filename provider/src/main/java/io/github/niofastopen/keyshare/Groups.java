// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.keyshare;

import io.github.niofastopen.destinations.ServerGroups;
import io.github.niofastopen.tls.NamedGroup;

/** What the JDK makes of groups, by their numbers (the IANA registry "TLS Supported Groups"). */
final class Groups {
    private static final int X448 = 30;
    private static final int FIRST_FFDHE = 256;
    private static final int LAST_FFDHE = 511;

    private Groups() {
    }

    /** Whether two classical groups are of a kind; the JDK sends a share for the first of each (KeyShareExtension). */
    static boolean areOfAKind(int one, int other) {
        return kind(one) == kind(other);
    }

    private static int kind(int group) {
        if (group == NamedGroup.X25519 || group == X448) {
            return 1;
        }
        return group >= FIRST_FFDHE && group <= LAST_FFDHE ? 2 : 3;
    }

    static boolean contains(int[] groups, int group) {
        for (int one : groups) {
            if (one == group) {
                return true;
            }
        }
        return false;
    }

    /** The one that the JDK sends a share of, if it can be had, or {@link ServerGroups#NO_GROUP}. */
    static int firstPostQuantum(int[] groups) {
        for (int group : groups) {
            if (NamedGroup.isPostQuantum(group)) {
                return group;
            }
        }
        return ServerGroups.NO_GROUP;
    }
}
