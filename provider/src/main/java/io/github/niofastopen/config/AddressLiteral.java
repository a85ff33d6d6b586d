// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.config;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** IP addresses as text. No resolver is ever asked. */
public final class AddressLiteral {

    private AddressLiteral() {
    }

    /** @throws IllegalArgumentException if the text isn't an IP address */
    public static InetAddress parse(String text) {
        if (!isOne(text)) {
            throw new IllegalArgumentException(text + " is not an IP address");
        }
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(text + " is not an IP address", e);
        }
    }

    /** Digits and dots, or anything with a colon: what no host name is. */
    static boolean isOne(String text) {
        return text.matches("[0-9]+(\\.[0-9]+){3}") || text.indexOf(':') >= 0;
    }
}
