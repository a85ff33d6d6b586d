// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.clients;

import io.github.niofastopen.it.lab.JavaProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

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

    /** Runs on this JDK, with the options that the build gives its short-lived JVMs; none when the document is written. */
    JavaProgram program(Class<?> main) {
        JavaProgram program = JavaProgram.of(main).on(home);
        Stream.of(System.getProperty("clients.jvm.options", "").split(" +")).filter(option -> !option.isEmpty())
            .forEach(program::option);
        return program;
    }
}
