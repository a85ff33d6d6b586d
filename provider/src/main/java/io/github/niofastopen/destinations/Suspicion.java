// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.destinations;

import java.net.InetAddress;

/**
 * That a connection whose SYN carried data may have been lost: by its path, because of that data, or by its server, which would
 * have treated any other so; or by chance, as the path loses others. An ordinary connection to there tells.
 */
public final class Suspicion {
    private final InetAddress local;
    private final boolean heard;
    private final long silentNanos;
    private final boolean chance;

    /**
     * @param local from where it was made
     * @param heard whether something arrived from the server before it was lost
     * @param silentNanos if not: how long the server had time to answer
     */
    public Suspicion(InetAddress local, boolean heard, long silentNanos) {
        this(local, heard, silentNanos, false);
    }

    private Suspicion(InetAddress local, boolean heard, long silentNanos, boolean chance) {
        this.local = local;
        this.heard = heard;
        this.silentNanos = silentNanos;
        this.chance = chance;
    }

    /** One that was lost, for certain, where it is open whether by chance: the path is avoided meanwhile. */
    static Suspicion ofChance(InetAddress local) {
        return new Suspicion(local, false, 0, true);
    }

    /** Whether what is to be told is if the path loses from ordinary connections, too; else, if such a one comes further. */
    public boolean isOfChance() {
        return chance;
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
