// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.benchmarks.memory;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.niofastopen.benchmarks.program.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The section on memory of the document of results. */
public final class MemorySection {
    private static final Map<String, String> STATES = Map.of("unconnected", "unconnected", "connected", "connected, nothing written",
        "established", "after its first exchange");

    private MemorySection() {
    }

    /** @param result what {@link MemoryBenchmark} has written */
    public static String markdown(JsonNode result) {
        Table bytes = new Table("JDK", "connection", "the JDK's", "nio-fastopen", "more", "threads of the provider");
        Table classes = new Table("JDK", "classes without the switch", "with it", "more", "of them the provider's");
        for (JsonNode jdk : result.get("jdks")) {
            addRows(bytes, jdk, "channel");
            addRows(bytes, jdk, "socket");
            int off = jdk.at("/off/classes").asInt();
            int on = jdk.at("/on/classes").asInt();
            classes.row(jdk.get("jdk").asText(), String.valueOf(off), String.valueOf(on), String.valueOf(on - off),
                jdk.at("/on/classesOfTheProvider").asText());
        }
        return "## Memory\n\nBytes of the heap for each channel (by the switch) and socket (by the agent), without what they share; a"
            + " connected one of\nnio-fastopen to which nothing was written has its SYN held back.\n\n" + bytes
            + "\nClasses that a cold JVM has loaded when it has opened one `SocketChannel`.\n\n" + classes;
    }

    private static void addRows(Table bytes, JsonNode jdk, String kind) {
        for (String state : List.of("unconnected", "connected", "established")) {
            JsonNode off = jdk.at("/off/" + kind + "/" + state);
            JsonNode on = jdk.at("/on/" + kind + "/" + state);
            bytes.row(jdk.get("jdk").asText(), kind + ", " + STATES.get(state), whole(off.get("bytes").asDouble()),
                whole(on.get("bytes").asDouble()), whole(on.get("bytes").asDouble() - off.get("bytes").asDouble()),
                names(on.get("threads"), off.get("threads")));
        }
    }

    private static String whole(double number) {
        return String.format(Locale.ROOT, "%.0f", number);
    }

    private static String names(JsonNode threads, JsonNode ofTheJdk) {
        List<String> names = new ArrayList<>();
        threads.forEach(name -> names.add(name.asText()));
        ofTheJdk.forEach(name -> names.remove(name.asText()));
        return names.isEmpty() ? "none" : "`" + String.join("`, `", names) + "`";
    }
}
