// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;

/**
 * IP addresses as text. No resolver is ever asked: {@link InetAddress#getByName} asks one for whatever it can't parse,
 * {@code zzz:1:2} among it.
 */
public final class AddressLiteral {
    private static final int IPV4_BYTES = 4;
    private static final int IPV6_BYTES = 16;
    private static final String GAP = "::";

    private AddressLiteral() {
    }

    /**
     * Parses an IPv4 address of four decimal numbers, or an IPv6 address (RFC 4291, 2.2), whose zone (RFC 4007, 11) may
     * follow it and isn't looked at, as {@link InetAddress#equals} doesn't.
     *
     * @throws IllegalArgumentException if the text isn't an IP address
     */
    public static InetAddress parse(String text) {
        try {
            byte[] bytes = text.indexOf(':') < 0 ? ipv4(text) : ipv6(withoutZone(text));
            return InetAddress.getByAddress(bytes);
        } catch (IllegalArgumentException | BufferOverflowException | UnknownHostException e) {
            throw new IllegalArgumentException(text + " is not an IP address", e);
        }
    }

    /** Whether a text is meant as an address: digits and dots, or anything with a colon, which no host name is. */
    static boolean isOne(String text) {
        return text.matches("[0-9]+(\\.[0-9]+){3}") || text.indexOf(':') >= 0;
    }

    private static byte[] ipv4(String text) {
        ByteBuffer bytes = ByteBuffer.allocate(IPV4_BYTES);
        for (String number : text.split("\\.", -1)) {
            bytes.put(octet(number));
        }
        requireFull(bytes);
        return bytes.array();
    }

    private static byte octet(String number) {
        // A leading zero is octal to some, decimal to others.
        if (!number.matches("0|[1-9][0-9]{0,2}") || Integer.parseInt(number) > 0xff) {
            throw new IllegalArgumentException(number);
        }
        return (byte) Integer.parseInt(number);
    }

    private static String withoutZone(String text) {
        int percent = text.indexOf('%');
        if (percent == text.length() - 1) {
            throw new IllegalArgumentException(text);
        }
        return percent < 0 ? text : text.substring(0, percent);
    }

    private static byte[] ipv6(String text) {
        ByteBuffer bytes = ByteBuffer.allocate(IPV6_BYTES);
        int gap = text.indexOf(GAP);
        if (gap < 0) {
            putGroups(text, true, bytes);
            requireFull(bytes);
            return bytes.array();
        }
        putGroups(text.substring(0, gap), false, bytes);
        ByteBuffer end = ByteBuffer.allocate(IPV6_BYTES - Short.BYTES - bytes.position());
        putGroups(text.substring(gap + GAP.length()), true, end);
        bytes.position(IPV6_BYTES - end.position());
        return bytes.put(end.flip()).array();
    }

    /** @param last whether the text ends with these groups, so that the last two may be an IPv4 address */
    private static void putGroups(String text, boolean last, ByteBuffer into) {
        String[] groups = text.isEmpty() ? new String[0] : text.split(":", -1);
        for (int i = 0; i < groups.length; i++) {
            if (last && i == groups.length - 1 && groups[i].indexOf('.') >= 0) {
                into.put(ipv4(groups[i]));
            } else {
                into.putShort(group(groups[i]));
            }
        }
    }

    private static short group(String digits) {
        if (!digits.matches("[0-9A-Fa-f]{1,4}")) {
            throw new IllegalArgumentException(digits);
        }
        return (short) Integer.parseInt(digits, 16);
    }

    private static void requireFull(ByteBuffer bytes) {
        if (bytes.hasRemaining()) {
            throw new IllegalArgumentException("too short");
        }
    }
}
