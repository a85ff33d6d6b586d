// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.destinations;

/** What is asked by who chooses what a first flight holds, before there is a connection to ask it of. */
public interface Rooms {

    /**
     * Whether a connection to a server may be deferred, and a first flight is longer than its SYN holds.
     *
     * @param host the server, as who makes the connection calls it
     * @param length of the first flight
     */
    boolean areTooSmall(String host, int port, int length);
}
