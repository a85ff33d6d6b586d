// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.program;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;

/** Fetches a page several times by the JDK's {@link HttpURLConnection}, each time over a new connection. */
public final class UrlGets {
    private static final int TIMEOUT_MILLIS = 10_000;

    private UrlGets() {
    }

    /** Arguments: the address, and how often to fetch it. Prints the content of each. */
    public static void main(String[] args) throws IOException {
        for (int i = 0; i < Integer.parseInt(args[1]); i++) {
            HttpURLConnection connection = (HttpURLConnection) URI.create(args[0]).toURL().openConnection();
            connection.setConnectTimeout(TIMEOUT_MILLIS);
            connection.setReadTimeout(TIMEOUT_MILLIS);
            connection.setRequestProperty("Connection", "close");
            try (InputStream in = connection.getInputStream()) {
                System.out.print(new String(in.readAllBytes()));
            }
        }
    }
}
