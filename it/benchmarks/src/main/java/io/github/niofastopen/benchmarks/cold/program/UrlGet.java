// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.benchmarks.cold.program;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;

/** The same by {@link java.net.HttpURLConnection}, whose sockets are no channels. */
public final class UrlGet {
    private UrlGet() {
    }

    /** Argument: the address. Prints when the response's first byte was there, as {@link System#nanoTime} has it. */
    public static void main(String[] args) throws IOException {
        try (InputStream body = URI.create(args[0]).toURL().openStream()) {
            System.out.println(System.nanoTime());
            body.readAllBytes();
        }
    }
}
