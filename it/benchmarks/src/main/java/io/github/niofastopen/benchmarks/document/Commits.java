// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.benchmarks.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Of which commit each result is. */
final class Commits {
    private static final String SUFFIX = ".json";
    /** Of results that have another name than the part of {@code ./benchmarks} that measures them. */
    private static final Map<String, String> PARTS = Map.of("path", "paths", "scale-uml", "scale in User Mode Linux");

    private final Map<String, List<String>> partsByCommit = new TreeMap<>();

    Commits(Path folder) throws IOException {
        ObjectMapper json = new ObjectMapper();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(each -> each.toString().endsWith(SUFFIX)).sorted().toList()) {
                JsonNode result = json.readTree(file.toFile());
                String commit = result.path("commit").asText(result.path("machine").path("commit").asText("unknown"));
                String name = file.getFileName().toString().replace(SUFFIX, "");
                partsByCommit.computeIfAbsent(commit, key -> new ArrayList<>()).add(PARTS.getOrDefault(name, name));
            }
        }
    }

    String inWords() {
        return partsByCommit.size() == 1 ? "All is of commit " + partsByCommit.keySet().iterator().next() + "."
            : partsByCommit.entrySet().stream().map(each -> String.join(", ", each.getValue()) + " of commit " + each.getKey())
                .collect(Collectors.joining("; ", "The parts: ", "."));
    }
}
