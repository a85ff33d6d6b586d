// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.clients;

/** What happens to a host whose address was met three times before. */
public enum Outage {
    DEAD("dies", "192.0.2.2"),
    REFUSES("refuses", "192.0.2.3"),
    ONE_DEAD("has two addresses, and the first dies", "192.0.2.4", "192.0.2.5"),
    ONE_REFUSES("has two addresses, and the first refuses", "192.0.2.6", "192.0.2.7"),
    ROTATED("has two addresses, both were met more than a minute ago, and the first dies", "192.0.2.8", "192.0.2.9");

    private final String words;
    private final String[] addresses;

    Outage(String words, String... addresses) {
        this.words = words;
        this.addresses = addresses;
    }

    /** What follows "the host". */
    public String words() {
        return words;
    }

    /** The host's name, for which the lab's certificate is. */
    String host() {
        return name().toLowerCase().replace('_', '-') + ".lab.test";
    }

    String[] addresses() {
        return addresses.clone();
    }

    String first() {
        return addresses[0];
    }

    String second() {
        return addresses[1];
    }

    /** Whether a client that goes on to the next address loses nothing. */
    public boolean isSurvivable() {
        return addresses.length > 1;
    }

    /** By which nft makes it happen, at this end of the path: a dead host's answers don't arrive. */
    String rule() {
        return this == REFUSES || this == ONE_REFUSES
            ? "add rule inet outage out ip daddr " + first() + " tcp flags & (syn | ack) == syn reject with tcp reset"
            : "add rule inet outage in ip saddr " + first() + " drop";
    }
}
