// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.program;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/**
 * A small program that fetches a page several times, each time over a new connection. It knows nothing of TCP Fast Open:
 * it is what the switch is shown with.
 */
public final class RepeatedGet {

    private RepeatedGet() {
    }

    /**
     * Prints the time to the first byte of each response in microseconds, a line each.
     *
     * @param args the address, and how often to fetch it
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        for (long nanos : fetch(client, args[0], Integer.parseInt(args[1]))) {
            System.out.println(nanos / 1000);
        }
    }

    /** Fetches a page several times; gives the time to the first byte of each response in ns. */
    static long[] fetch(HttpClient client, String url, int times) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url)).build();
        long[] firstByte = new long[times];
        for (int i = 0; i < times; i++) {
            long start = System.nanoTime();
            HttpResponse<InputStream> response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            firstByte[i] = System.nanoTime() - start;
            try (InputStream body = response.body()) {
                body.readAllBytes();
            }
            if (response.statusCode() != 200) {
                throw new IOException("status " + response.statusCode());
            }
        }
        return firstByte;
    }
}
