// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.benchmarks.cold.near;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;

/** The near end of the path: starts programs one after the other, and prints a line of JSON for each. */
public final class Starter {
    private static final double NANOS_IN_A_MILLI = 1e6;

    private Starter() {
    }

    /**
     * Arguments: the file with the plan, and an address and port. A connection to there is made before each start: it tells the
     * connections of one from those of the next.
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        ObjectMapper json = new ObjectMapper();
        List<Start> plan = List.of(json.readValue(Path.of(args[0]).toFile(), Start[].class));
        for (Start start : plan) {
            new Socket(args[1], Integer.parseInt(args[2])).close();
            System.out.println(json.writeValueAsString(run(start)));
        }
    }

    /** System.nanoTime is the same clock in all processes: Linux' CLOCK_MONOTONIC. */
    private static Started run(Start start) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        Process process = new ProcessBuilder(start.command()).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String said = null;
        try (BufferedReader out = process.inputReader()) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                // What writes an archive says so afterwards
                said = said == null && line.matches("[0-9]+") ? line : said;
            }
        }
        // What bounds its processor time may end later than the program, whose end closes its output
        long end = System.nanoTime();
        int status = process.waitFor();
        if (status != 0 || said == null) {
            throw new IOException("status " + status + " of " + String.join(" ", start.command()));
        }
        return new Started(start.what(), (Long.parseLong(said) - begin) / NANOS_IN_A_MILLI, (end - begin) / NANOS_IN_A_MILLI);
    }
}
