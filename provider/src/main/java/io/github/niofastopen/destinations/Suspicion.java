// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.destinations;

import java.net.InetAddress;

/**
 * That a connection whose SYN carried data may have been lost afterwards: by its path, because of that data, or by its server,
 * which would have treated any other so. An ordinary connection to there tells.
 */
public final class Suspicion {
    private final InetAddress local;
    private final boolean heard;
    private final long silentNanos;

    /**
     * @param local from where it was made
     * @param heard whether something arrived from the server before it was lost
     * @param silentNanos if not: how long the server had time to answer
     */
    public Suspicion(InetAddress local, boolean heard, long silentNanos) {
        this.local = local;
        this.heard = heard;
        this.silentNanos = silentNanos;
    }

    public InetAddress local() {
        return local;
    }

    public boolean wasHeard() {
        return heard;
    }

    public long silentNanos() {
        return silentNanos;
    }
}
