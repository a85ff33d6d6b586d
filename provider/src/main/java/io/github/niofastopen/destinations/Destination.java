// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.destinations;

import java.net.InetAddress;
import java.net.InetSocketAddress;

/** An address and a port, whatever the name that led there. */
record Destination(InetAddress address, int port) {
    Destination(InetSocketAddress remote) {
        this(remote.getAddress(), remote.getPort());
    }

    /** By hand: to link what a record has by itself costs the first connect of a cold JVM milliseconds (ObjectMethods). */
    @Override
    public boolean equals(Object other) {
        return other instanceof Destination && port == ((Destination) other).port
            && address.equals(((Destination) other).address);
    }

    @Override
    public int hashCode() {
        return 31 * address.hashCode() + port;
    }
}
