// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.program;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Runs scenarios, and prints what an exporter of metrics in this JVM serves of them. */
public final class Scraped {
    private static final String PREFIX = "niofastopen_";

    private Scraped() {
    }

    /** Arguments: the exporter's address, and those of {@link Scenarios}. */
    public static void main(String[] args) throws IOException {
        Scenarios.main(Arrays.copyOfRange(args, 1, args.length));
        String metrics = scrape(args[0]);
        // The bean comes to be in the background of a connect.
        while (!metrics.contains(PREFIX)) {
            metrics = scrape(args[0]);
        }
        metrics.lines().filter(line -> line.startsWith(PREFIX)).forEach(System.out::println);
    }

    private static String scrape(String url) throws IOException {
        try (InputStream in = URI.create(url).toURL().openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
