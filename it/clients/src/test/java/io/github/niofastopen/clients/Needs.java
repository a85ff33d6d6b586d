// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.clients;

import io.github.niofastopen.it.lab.InstalledJdk;
import io.github.niofastopen.it.lab.Lab;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.opentest4j.TestAbortedException;

/** Skips what can't be tried on this machine, with the reason; on CI, where everything must be there, it fails instead. */
final class Needs {

    private Needs() {
    }

    static void lab() throws IOException {
        Optional<String> unavailable = Lab.unavailable();
        if (unavailable.isPresent()) {
            throw missing("no lab can be made here: " + unavailable.get());
        }
    }

    static void root(String why) {
        if (!"root".equals(System.getProperty("user.name"))) {
            throw missing("this needs root: " + why);
        }
    }

    /** The folder of a JDK. */
    static Path jdk(int version) {
        return InstalledJdk.all().stream().filter(jdk -> jdk.version() == version).findFirst()
            .orElseThrow(() -> notCalledFor("JDK " + version + " isn't installed")).home();
    }

    /** The path of a program that Debian's package of a name brings. */
    static String program(String name, String debianPackage) {
        for (String folder : List.of("/usr/sbin", "/usr/bin", "/usr/local/sbin", "/usr/local/bin")) {
            Path program = Path.of(folder, name);
            if (Files.isExecutable(program)) {
                return program.toString();
            }
        }
        throw missing(name + " isn't installed; try: apt-get install " + debianPackage);
    }

    /** What is thrown where something is missing that CI's machine hasn't got either. */
    static RuntimeException notCalledFor(String what) {
        return new TestAbortedException(what);
    }

    /** What is thrown where something is missing. */
    static RuntimeException missing(String what) {
        return "true".equals(System.getenv("CI")) ? new IllegalStateException(what + " (and CI=true)")
            : new TestAbortedException(what);
    }
}
