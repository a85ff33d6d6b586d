// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.tool.probe;

/** Which keys a ClientHello offers at once. In each case all groups are offered that the JVM has. */
public enum KeyShares {
    /** What the JVM sends by itself. */
    DEFAULT("default"),
    /** A share of the group that this server has chosen before. */
    PREDICTED("predicted"),
    /** Shares of classical groups to every server, by their order in {@code jdk.tls.namedGroups}. */
    CLASSICAL_FIRST("classical first");

    private final String words;

    KeyShares(String words) {
        this.words = words;
    }

    public String inWords() {
        return words;
    }
}
