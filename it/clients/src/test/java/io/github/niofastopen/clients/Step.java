// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.clients;

/**
 * What a client is put through, on a port.
 *
 * @param mode {@code fresh} for a client an exchange, {@code same} for one client in all exchanges of all such steps
 */
record Step(String name, int port, String mode, int exchanges) {
    /** Exchanges over a connection each. */
    static final Step FRESH = new Step("fresh", 8443, "fresh", 8);
    /** Exchanges that may share a connection. */
    static final Step KEPT = new Step("kept", 9443, "same", 2);
    /** After this one the server closes the connection. */
    static final Step LAST = new Step("last", 9443, "same", 1);
    static final Step AGAIN = new Step("again", 9443, "same", 1);
    /** A certificate that the client has no reason to trust. */
    static final Step STRANGER = new Step("stranger", 993, "fresh", 1);
    /** The server resets the connection when it has the ClientHello. */
    static final Step RESET = new Step("reset", 6443, "fresh", 1);
    /** Nobody listens. */
    static final Step REFUSED = new Step("refused", 10443, "fresh", 2);
}
