// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.program;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URL;

/** As {@link RepeatedGet}, by the HttpsURLConnection that has been in Java for ever, over a {@link java.net.Socket}. */
public final class RepeatedUrlGet {

    private RepeatedUrlGet() {
    }

    /**
     * Prints the time to the first byte of each response in microseconds, a line each.
     *
     * @param args the address, and how often to fetch it
     */
    public static void main(String[] args) throws IOException {
        URL url = URI.create(args[0]).toURL();
        for (int i = 0; i < Integer.parseInt(args[1]); i++) {
            System.out.println(fetch(url) / 1000);
        }
    }

    private static long fetch(URL url) throws IOException {
        long start = System.nanoTime();
        HttpURLConnection connection = (HttpURLConnection) url.openConnection();
        int status = connection.getResponseCode();
        long firstByte = System.nanoTime() - start;
        if (status != HttpURLConnection.HTTP_OK) {
            throw new IOException("status " + status);
        }
        try (InputStream body = connection.getInputStream()) {
            body.readAllBytes();
        }
        return firstByte;
    }
}
