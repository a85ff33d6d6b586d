// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.destinations;

/** With what a connection has begun. */
public enum FirstBytes {
    /** Nothing has passed yet. */
    UNKNOWN,
    /** Nothing was written while its SYN was held back. A ClientHello may still come: of a cold JVM, or from a pool. */
    LATE,
    /** A ClientHello of ours. */
    CLIENT_HELLO,
    /** Something else: the server has spoken first, or was written something else to, or the connection was closed. */
    OTHER;

    /** Whether nothing that comes later changes this. */
    public boolean areKnown() {
        return this == CLIENT_HELLO || this == OTHER;
    }
}
