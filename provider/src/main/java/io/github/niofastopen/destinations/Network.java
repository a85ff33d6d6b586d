// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.destinations;

import java.net.InetAddress;
import java.util.HashSet;
import java.util.Set;

/** What lies behind a local address. Safe for use by many threads. */
final class Network {
    /** So many different destinations failing in a row from one local address put the blame on its network. */
    static final int FAILURES = 3;

    private final Pause pause;
    /** Protected by this object's monitor. */
    private final Set<InetAddress> failed = new HashSet<>();
    private volatile boolean toBlame;

    Network(InetAddress local) {
        this.pause = new Pause(local);
    }

    Pause pause() {
        return pause;
    }

    /** @return whether everything is avoided because of it, that wasn't before */
    synchronized boolean failed(InetAddress remote, long now) {
        failed.add(remote);
        if (!toBlame && failed.size() < FAILURES) {
            return false;
        }
        failed.clear();
        toBlame = true;
        return pause.lengthen(now);
    }

    /** A SYN with data was answered. */
    synchronized void answered() {
        failed.clear();
    }

    boolean isToBlame() {
        return toBlame;
    }
}
