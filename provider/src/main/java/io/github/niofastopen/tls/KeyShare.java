// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.tls;

/** A public key that a ClientHello offers at once, so that a server which takes its group needn't ask for it (RFC 8446, 4.2.8). */
public final class KeyShare {
    private final int group;
    private final int bytes;

    KeyShare(int group, int bytes) {
        this.group = group;
        this.bytes = bytes;
    }

    /** The number of a {@link NamedGroup}. */
    public int group() {
        return group;
    }

    /** Length of the key. */
    public int bytes() {
        return bytes;
    }

    @Override
    public String toString() {
        return NamedGroup.nameOf(group) + " (" + bytes + ")";
    }
}
