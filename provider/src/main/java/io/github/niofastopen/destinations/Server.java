// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.destinations;

import io.github.niofastopen.config.AddressLiteral;
import java.util.Locale;

/** A host, as who makes a connection calls it, and a port. No record: linking its equals costs a cold JVM milliseconds. */
final class Server {
    private final String host;
    private final int port;

    Server(String host, int port) {
        this.host = host.indexOf(':') < 0 ? host.toLowerCase(Locale.ROOT) : uniform(host);
        this.port = port;
    }

    /** An address of IPv6 is written in many ways. */
    private static String uniform(String host) {
        try {
            return AddressLiteral.parse(host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host).getHostAddress();
        } catch (IllegalArgumentException e) {
            return host;
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Server && ((Server) other).port == port && ((Server) other).host.equals(host);
    }

    @Override
    public int hashCode() {
        return 31 * host.hashCode() + port;
    }
}
