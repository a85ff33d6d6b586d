// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.benchmarks.path;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * The command line.
 *
 * @param quick few exchanges, to see that it works
 * @param rttMillis the round trips to measure at, in ms
 * @param jdks others to measure on, besides that which runs this
 * @param json where to write the result, null for nowhere
 * @param plot where to draw the result, null for nowhere
 */
record PathOptions(boolean quick, List<Double> rttMillis, List<Path> jdks, Path json, Path plot) {
    private static final double LEAST_RTT = 1;
    private static final double MOST_RTT = 1000;
    private static final double LEAST_RTT_BRIEFLY = 10;
    private static final double MOST_RTT_BRIEFLY = 50;

    static final String HELP = String.join("\n",
        "usage: java -cp ... io.github.niofastopen.benchmarks.path.PathBenchmark [OPTION...]",
        "",
        "Measures the time to the first byte of an HTTPS response over emulated paths: HttpClient,",
        "Netty, HttpsURLConnection and OkHttp with the JDK's connections, with nio-fastopen and with",
        "an option preloaded to each connect; Netty's epoll and io_uring transports, curl and",
        "gnutls-cli. Prints Markdown.",
        "",
        "  --rtt MS,...  round trips in milliseconds, 1 to 1000 (1,10,50,200; quick: 50)",
        "  --jdk DIR     measure briefly on this JDK, too, from 10 to 50 ms; repeatable",
        "  --quick       few exchanges, within a minute: shows that it works, measures little",
        "  --json FILE   write the result there",
        "  --plot FILE   draw the result there, as SVG",
        "  --help        this text",
        "",
        "The system property lab.program names the lab (target/lab). The server is nginx.",
        "",
        "Exit status: 0 measured; 1 measured, and a goal is not met; 2 bad usage; 3 no lab can be",
        "made on this machine; 4 a program of the benchmark failed; 5 nginx is missing.");

    /** @throws UsageException if a word can't be used; the message names it and the remedy */
    static PathOptions parse(String... words) throws UsageException {
        boolean quick = false;
        List<Double> rtts = null;
        List<Path> jdks = new ArrayList<>();
        Path json = null;
        Path plot = null;
        Iterator<String> rest = List.of(words).iterator();
        while (rest.hasNext()) {
            String word = rest.next();
            switch (word) {
                case "--quick" -> quick = true;
                case "--rtt" -> rtts = rtts(valueOf(word, rest));
                case "--jdk" -> jdks.add(jdk(valueOf(word, rest)));
                case "--json" -> json = file(word, valueOf(word, rest));
                case "--plot" -> plot = file(word, valueOf(word, rest));
                default -> throw new UsageException("unknown word '" + word
                    + "'; the options are --rtt, --jdk, --quick, --json, --plot and --help");
            }
        }
        List<Double> usual = quick ? List.of(50.0) : List.of(1.0, 10.0, 50.0, 200.0);
        return new PathOptions(quick, rtts == null ? usual : rtts, List.copyOf(jdks), json, plot);
    }

    private static String valueOf(String option, Iterator<String> rest) throws UsageException {
        if (!rest.hasNext()) {
            throw new UsageException(option + " needs a value");
        }
        return rest.next();
    }

    private static List<Double> rtts(String words) throws UsageException {
        List<Double> rtts = new ArrayList<>();
        for (String word : words.split(",", -1)) {
            double rtt;
            try {
                rtt = Double.parseDouble(word);
            } catch (NumberFormatException e) {
                rtt = Double.NaN;
            }
            if (!(rtt >= LEAST_RTT && rtt <= MOST_RTT)) {
                throw new UsageException("--rtt: '" + word + "' is not a number of milliseconds from 1 to 1000");
            }
            rtts.add(rtt);
        }
        return rtts;
    }

    private static Path jdk(String word) throws UsageException {
        if (!Files.isExecutable(Path.of(word, "bin", "java"))) {
            throw new UsageException("--jdk " + word + " is no JDK: it has no bin/java");
        }
        return Path.of(word);
    }

    private static Path file(String option, String word) throws UsageException {
        Path file = Path.of(word).toAbsolutePath();
        if (Files.isDirectory(file) || !Files.isDirectory(file.getParent()) || !Files.isWritable(file.getParent())) {
            throw new UsageException(option + " " + word + " can't be written; name a file in a folder that exists");
        }
        return file;
    }

    /** How often every contender has its turn on a path, those included that don't count: the shorter it is, the more is chance. */
    int rounds(double rtt) {
        if (quick) {
            return uncounted() + 5;
        }
        return uncounted() + (rtt >= 100 ? 12 : rtt >= 50 ? 20 : rtt >= 5 ? 30 : 90);
    }

    /** The paths that other JDKs are measured over: what a round trip saves is seen there, and a turn doesn't take long. */
    List<Double> rttMillisBriefly() {
        return rttMillis.stream().filter(rtt -> rtt >= LEAST_RTT_BRIEFLY && rtt <= MOST_RTT_BRIEFLY).toList();
    }

    int roundsBriefly() {
        return uncounted() + (quick ? 5 : 12);
    }

    /** How many of the first turns don't count: the first connection has no cookie, the first session nothing to resume. */
    int uncounted() {
        return quick ? 2 : 4;
    }

    /** How many exchanges a JVM makes over the loopback interface before, in each kind of handshake. */
    int warmUp() {
        return quick ? 30 : 400;
    }

    int warmUpBriefly() {
        return quick ? 30 : 200;
    }

    /** A command line that can't be used. */
    static final class UsageException extends Exception {
        private static final long serialVersionUID = 1L;

        UsageException(String message) {
            super(message);
        }
    }
}
