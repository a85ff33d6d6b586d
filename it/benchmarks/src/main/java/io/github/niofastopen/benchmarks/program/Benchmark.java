// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.benchmarks.program;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.niofastopen.benchmarks.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/** What the main classes of this module have in common: help, errors, and the file that the result is written to. */
public abstract class Benchmark {
    protected static final ObjectMapper JSON = new ObjectMapper();

    private final String name;
    private final String about;

    /** @param about what {@code --help} says before the options */
    protected Benchmark(String name, String about) {
        this.name = name;
        this.about = about;
    }

    /** Measures, and puts the raw figures into {@code result}. */
    protected abstract void measure(Options options, ObjectNode result) throws IOException, InterruptedException, BenchmarkException;

    /** The result as a section in Markdown. */
    protected abstract String markdown(ObjectNode result);

    /** @return the status to exit with */
    public final int run(String... words) throws IOException, InterruptedException {
        if (List.of(words).contains("--help")) {
            System.out.println("usage: " + getClass().getSimpleName() + " [OPTION...]\n\n" + about + "\n\n" + Options.HELP);
            return 0;
        }
        try {
            Options options = Options.parse(words);
            ObjectNode result = JSON.createObjectNode().put("benchmark", name);
            result.set("machine", JSON.valueToTree(Machine.here()));
            result.put("command", getClass().getName() + (words.length == 0 ? "" : " " + String.join(" ", words)));
            result.put("quick", options.quick());
            measure(options, result);
            if (options.json() != null) {
                Files.writeString(options.json(), result.toPrettyString() + "\n");
            }
            System.out.print(markdown(result));
            return 0;
        } catch (BenchmarkException e) {
            System.err.println(name + ": " + e.getMessage()
                + (e.status() == BenchmarkException.BAD_USAGE ? "\nTry --help." : ""));
            return e.status();
        }
    }

    /** Says how far it has come. */
    protected final void progress(String text) {
        System.err.println(name + ": " + text);
    }
}
