// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.tool.probe;

import io.github.niofastopen.config.AddressLiteral;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server to probe.
 *
 * @param text as it was named
 * @param host a name or an IP address, without brackets
 * @param path what to ask an HTTP server for, or null where the TLS handshake is all
 */
public record Target(String text, String host, int port, String path) {
    private static final int HTTPS = 443;
    private static final int MAX_PORT = 0xffff;
    private static final Pattern HOST_AND_PORT = Pattern.compile("(\\[[^]]*]|[^:]*)(?::(\\d{1,5}))?");

    /** @throws IllegalArgumentException if the word names no server; the message says why */
    public static Target parse(String word) {
        if (word.regionMatches(true, 0, "https://", 0, "https://".length())) {
            return ofUrl(word);
        }
        if (word.contains("://")) {
            throw unfit(word, "has another scheme than https");
        }
        if (word.indexOf(':') != word.lastIndexOf(':') && !word.startsWith("[")) {
            return new Target(word, address(word, word), HTTPS, null);
        }
        Matcher parts = HOST_AND_PORT.matcher(word);
        if (!parts.matches()) {
            throw unfit(word, "is neither https://HOST[:PORT]/... nor HOST[:PORT]");
        }
        return new Target(word, host(parts.group(1), word), port(parts.group(2), word), null);
    }

    private static Target ofUrl(String word) {
        try {
            URI url = new URI(word);
            if (url.getHost() == null || url.getUserInfo() != null) {
                throw unfit(word, "names no host, or more than a host");
            }
            String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
            return new Target(word, host(url.getHost(), word), port(url.getPort() < 0 ? null : Integer.toString(url.getPort()), word),
                url.getRawQuery() == null ? path : path + "?" + url.getRawQuery());
        } catch (URISyntaxException e) {
            throw unfit(word, "is no URL: " + e.getReason());
        }
    }

    private static String host(String text, String word) {
        if (text.startsWith("[")) {
            return address(text.substring(1, text.length() - 1), word);
        }
        if (text.isEmpty() || !text.matches("[^\\s/@?#-][^\\s/@?#]*")) {
            throw unfit(word, "names no host");
        }
        return text;
    }

    private static String address(String text, String word) {
        try {
            AddressLiteral.parse(text);
            return text;
        } catch (IllegalArgumentException e) {
            throw unfit(word, "names no host: " + text + " is no IPv6 address");
        }
    }

    private static int port(String text, String word) {
        int port = text == null ? HTTPS : Integer.parseInt(text);
        if (port < 1 || port > MAX_PORT) {
            throw unfit(word, "has no port from 1 to " + MAX_PORT);
        }
        return port;
    }

    private static IllegalArgumentException unfit(String word, String why) {
        return new IllegalArgumentException("'" + word + "' " + why);
    }

    /** As HTTP's field Host has it. */
    String authority() {
        String name = host.indexOf(':') < 0 ? host : "[" + host + "]";
        return port == HTTPS ? name : name + ":" + port;
    }
}
