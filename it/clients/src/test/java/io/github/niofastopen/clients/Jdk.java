// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.clients;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A JDK on this machine that the clients are tried on. */
record Jdk(int version, Path home) {

    /** From the one that runs the tests to the newest. */
    static List<Jdk> found() {
        List<Jdk> found = new ArrayList<>();
        found.add(new Jdk(Runtime.version().feature(), Path.of(System.getProperty("java.home"))));
        for (int version : new int[] {21, 25}) {
            Path java = Path.of(System.getProperty("jdk." + version + ".java", ""));
            if (version > found.get(0).version && Files.isExecutable(java)) {
                found.add(new Jdk(version, java.getParent().getParent()));
            }
        }
        return found;
    }

    static Jdk newest() {
        List<Jdk> found = found();
        return found.get(found.size() - 1);
    }
}
