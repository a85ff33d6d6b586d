package io.github.niofastopen.benchmarks.path;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;

/** The part on paths of the document of results. */
public final class PathSection {
    private PathSection() {
    }

    /** @param result what {@link PathBenchmark} has written */
    public static String markdown(JsonNode result) {
        return result.toString();
    }

    /** Draws it, as SVG. */
    public static void plot(JsonNode result, Path svg) throws IOException {
    }
}
