// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.jmh;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.niofastopen.jmh.Cases.Case;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.runner.RunnerException;

/** Compares this provider with the JDK's, and writes what was measured as JSON. */
public final class Compare {
    private static final int BAD_USAGE = 2;

    private Compare() {
    }

    /** Arguments: what is to be compared, in how many rounds, and the file. */
    public static void main(String[] args) throws RunnerException, IOException {
        if (args.length != 3 || !args[1].matches("[1-9]\\d?")) {
            System.err.println("compare: needs established, hellos, handshakes, keyshares or check, a number of rounds, and a file");
            System.exit(BAD_USAGE);
        }
        List<Case> cases = switch (args[0]) {
            case "established" -> Cases.established();
            case "hellos" -> Cases.hellos();
            case "handshakes" -> Cases.handshakes();
            case "keyshares" -> Cases.keyShares();
            case "check" -> Cases.check();
            default -> List.of();
        };
        if (cases.isEmpty()) {
            System.err.println("compare: there is no '" + args[0] + "'; there are established, hellos, handshakes, keyshares and check");
            System.exit(BAD_USAGE);
        }
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("jdk", System.getProperty("java.vm.version"));
        result.put("commit", System.getProperty("benchmarks.commit", "unknown"));
        result.put("rows", Comparison.run(cases, Integer.parseInt(args[1]), System.err::println));
        new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(Path.of(args[2]).toFile(), result);
    }
}
