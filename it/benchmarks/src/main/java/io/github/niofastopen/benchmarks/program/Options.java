// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.benchmarks.program;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * The command line that the benchmarks of this module share.
 *
 * @param quick whether a rough figure suffices
 * @param json where to write the result, or null
 * @param jdks the JDKs to measure on; the one that runs this if none was named
 */
public record Options(boolean quick, Path json, List<Path> jdks) {
    private static final String WORDS = "--quick, --json FILE, --jdk DIR and --help";

    /** What {@code --help} says of the options. */
    public static final String HELP = String.join("\n",
        "  --quick      few rounds: whether it works, and rough figures",
        "  --json FILE  write the raw figures there",
        "  --jdk DIR    measure on this JDK; repeatable (the one that runs this)",
        "  --help       this text",
        "",
        "Progress goes to standard error, the table in Markdown to standard output.",
        "Exit status: 0 measured; 1 a program that was measured failed; 2 bad usage; 3 this",
        "machine lacks something, and the message tells the remedy.");

    /** @throws BenchmarkException if a word can't be used; the message names it and the remedy */
    public static Options parse(String... words) throws BenchmarkException {
        boolean quick = false;
        Path json = null;
        List<Path> jdks = new ArrayList<>();
        Iterator<String> rest = List.of(words).iterator();
        while (rest.hasNext()) {
            String word = rest.next();
            switch (word) {
                case "--quick":
                    quick = true;
                    break;
                case "--json":
                    json = file(valueOf(word, rest));
                    break;
                case "--jdk":
                    jdks.add(jdk(valueOf(word, rest)));
                    break;
                default:
                    throw usage("unknown word '" + word + "'; the options are " + WORDS);
            }
        }
        return new Options(quick, json, jdks.isEmpty() ? List.of(Path.of(System.getProperty("java.home"))) : List.copyOf(jdks));
    }

    private static String valueOf(String option, Iterator<String> rest) throws BenchmarkException {
        if (!rest.hasNext()) {
            throw usage(option + " needs a value");
        }
        return rest.next();
    }

    private static Path file(String word) throws BenchmarkException {
        Path file = Path.of(word).toAbsolutePath();
        if (Files.isDirectory(file) || !Files.isDirectory(file.getParent()) || !Files.isWritable(file.getParent())) {
            throw usage("--json " + word + " can't be written; name a file in a folder that exists");
        }
        return file;
    }

    private static Path jdk(String word) throws BenchmarkException {
        if (!Files.isExecutable(Path.of(word, "bin", "java"))) {
            throw usage("--jdk " + word + " is no JDK: it has no bin/java; name a folder such as /usr/lib/jvm/java-17-openjdk-amd64");
        }
        return Path.of(word);
    }

    private static BenchmarkException usage(String message) {
        return new BenchmarkException(BenchmarkException.BAD_USAGE, message);
    }
}
