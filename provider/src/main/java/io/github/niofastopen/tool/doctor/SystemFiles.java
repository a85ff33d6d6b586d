// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.tool.doctor;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
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
    /** No sysctl is longer; other files are read in parts. */
    private static final int PART = 1 << 16;

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
            return Optional.of(new String(whole(root.resolve(path)), StandardCharsets.UTF_8).strip());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /**
     * A sysctl's file gives its number in one read only (kernel/sysctl.c, proc_dointvec), and by its size it is empty: methods
     * that go by the size begin with one byte, which is one digit, and then find the end.
     */
    private static byte[] whole(Path file) throws IOException {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        byte[] part = new byte[PART];
        try (InputStream stream = Files.newInputStream(file)) {
            for (int length = stream.read(part); length >= 0; length = stream.read(part)) {
                whole.write(part, 0, length);
            }
        }
        return whole.toByteArray();
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
