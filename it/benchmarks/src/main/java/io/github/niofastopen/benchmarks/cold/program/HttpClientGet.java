// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.benchmarks.cold.program;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** A program that makes one connection, as command-line tools and functions do. It knows nothing of what it is measured for. */
public final class HttpClientGet {
    private HttpClientGet() {
    }

    /** Argument: the address. Prints when the response's first byte was there, as {@link System#nanoTime} has it. */
    public static void main(String[] args) throws IOException, InterruptedException {
        HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        HttpRequest request = HttpRequest.newBuilder(URI.create(args[0])).build();
        try (InputStream body = client.send(request, HttpResponse.BodyHandlers.ofInputStream()).body()) {
            System.out.println(System.nanoTime());
            body.readAllBytes();
        }
    }
}
