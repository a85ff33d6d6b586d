// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.destinations;

/** How long a ClientHello is: its key shares, and the rest of it. */
public final class HelloLength {
    private final int bare;
    private final int shares;

    /**
     * @param total all of it
     * @param shares what its key shares take of that
     */
    public HelloLength(int total, int shares) {
        this.bare = total - shares;
        this.shares = shares;
    }

    int bare() {
        return bare;
    }

    int shares() {
        return shares;
    }
}
