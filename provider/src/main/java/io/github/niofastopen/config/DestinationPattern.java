// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.config;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Locale;

/**
 * One entry of a list of destinations: a host name as the application gives it ({@code example.org}, or
 * {@code *.example.org} for all below it), an address, or a block of addresses ({@code 10.0.0.0/8}), each optionally
 * with a port ({@code example.org:443}, {@code [2001:db8::]/32:443}), or a port alone ({@code :8443}). A final dot, by which
 * resolvers know names that are complete, makes no other host of a name.
 *
 * @param host the host name in lower case, without a final dot, or null
 * @param block the first address of a block, or null
 * @param prefixLength how many of its bits count
 * @param port the port, or 0 for any
 */
record DestinationPattern(String host, InetAddress block, int prefixLength, int port) {
    private static final int MAX_PORT = 0xffff;

    /** @throws IllegalArgumentException if the text is no such entry */
    static DestinationPattern parse(String text) {
        int colon = text.lastIndexOf(':');
        boolean bareIpv6 = colon >= 0 && text.indexOf(':') != colon && !text.startsWith("[");
        boolean hasPort = colon >= 0 && !bareIpv6 && colon > text.indexOf(']');
        int port = hasPort ? port(text.substring(colon + 1)) : 0;
        String rest = hasPort ? text.substring(0, colon) : text;
        if (rest.isEmpty() && hasPort) {
            return new DestinationPattern(null, null, 0, port);
        }
        int slash = rest.indexOf('/');
        String name = (slash < 0 ? rest : rest.substring(0, slash)).replaceAll("[\\[\\]]", "");
        if (AddressLiteral.isOne(name)) {
            InetAddress address = AddressLiteral.parse(name);
            int bits = address.getAddress().length * 8;
            return new DestinationPattern(null, address, slash < 0 ? bits : number(rest.substring(slash + 1), bits), port);
        }
        if (slash >= 0 || !name.matches("(\\*\\.)?[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*\\.?")) {
            throw new IllegalArgumentException(text);
        }
        return new DestinationPattern(uniform(name), null, 0, port);
    }

    boolean matches(InetSocketAddress destination) {
        return (port == 0 || port == destination.getPort())
            && (host == null || matchesName(uniform(destination.getHostString())))
            && (block == null || contains(destination.getAddress()));
    }

    private static String uniform(String name) {
        return (name.endsWith(".") ? name.substring(0, name.length() - 1) : name).toLowerCase(Locale.ROOT);
    }

    private boolean matchesName(String name) {
        return host.startsWith("*.") ? name.endsWith(host.substring(1)) : name.equals(host);
    }

    private boolean contains(InetAddress address) {
        byte[] ours = block.getAddress();
        byte[] theirs = address.getAddress();
        if (ours.length != theirs.length) {
            return false;
        }
        for (int bit = 0; bit < prefixLength; bit++) {
            int mask = 0x80 >> bit % 8;
            if (((ours[bit / 8] ^ theirs[bit / 8]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }

    private static int port(String word) {
        int port = number(word, MAX_PORT);
        if (port == 0) {
            throw new IllegalArgumentException(word);
        }
        return port;
    }

    private static int number(String word, int most) {
        int number = Integer.parseInt(word);
        if (number < 0 || number > most) {
            throw new IllegalArgumentException(word);
        }
        return number;
    }
}
