// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.destinations;

/** What is asked by who chooses what a first flight holds, and knows servers by what the application calls them. */
public interface Rooms {

    /**
     * Whether connects to a server are held back, or would be if its first flights were shorter, and a first flight is longer
     * than its SYN holds.
     *
     * @param host the server, as who makes the connection calls it
     * @param length of the first flight
     */
    boolean areTooSmall(String host, int port, int length);

    /** First flights to a server are shorter from now on: that the last ones were too long says nothing of the next. */
    void expectShorter(String host, int port);
}
