// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.benchmarks.path.near;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** A contender that is a process an exchange. */
final class Tool extends Contender {
    private static final double NANOS = 1e9;

    Tool(Plan.Step step, long started) {
        super(step, started);
    }

    @Override
    void exchange(String handshake) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        Process process = start();
        // Left open: gnutls-cli hangs up when its input ends.
        process.getOutputStream().write(step().input().getBytes(StandardCharsets.US_ASCII));
        process.getOutputStream().flush();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.getOutputStream().close();
        int status = process.waitFor();
        if (status != 0) {
            throw new IOException("it ended with status " + status + ": " + output);
        }
        if (step().timed()) {
            String[] seconds = output.strip().split(" ");
            add(handshake, begin, 0, (long) ((Double.parseDouble(seconds[0]) - Double.parseDouble(seconds[1])) * NANOS));
        } else {
            add(handshake, begin, 0, 0);
        }
    }
}
