// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.tool.doctor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** The files by which Linux tells about itself. */
final class SystemFiles {
    private final Path root;

    /** @param root the root folder, but for tests */
    SystemFiles(Path root) {
        this.root = root;
    }

    boolean has(String path) {
        return Files.exists(root.resolve(path));
    }

    /** The text of a file without the white space around it; empty where it can't be read. */
    Optional<String> text(String path) {
        try {
            return Optional.of(new String(Files.readAllBytes(root.resolve(path)), StandardCharsets.UTF_8).strip());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    OptionalInt number(String path) {
        try {
            return text(path).map(text -> OptionalInt.of(Integer.parseInt(text))).orElse(OptionalInt.empty());
        } catch (NumberFormatException e) {
            return OptionalInt.empty();
        }
    }

    /** The value of a line {@code name: value}; empty where there is none. */
    Optional<String> field(String path, String name) {
        return text(path).orElse("").lines().filter(line -> line.startsWith(name + ":"))
            .map(line -> line.substring(name.length() + 1).strip()).findFirst();
    }

    /** The kernel's counters of this network namespace that concern Fast Open: pairs of lines, names and numbers. */
    Map<String, Long> fastOpenCounters() {
        Map<String, Long> counters = new HashMap<>();
        List<String> lines = text("proc/net/netstat").orElse("").lines().filter(line -> line.startsWith("TcpExt:")).toList();
        if (lines.size() == 2) {
            String[] names = lines.get(0).split(" ");
            String[] numbers = lines.get(1).split(" ");
            for (int i = 1; i < Math.min(names.length, numbers.length); i++) {
                if (names[i].startsWith("TCPFastOpen")) {
                    counters.put(names[i], Long.parseLong(numbers[i]));
                }
            }
        }
        return counters;
    }
}
