// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.lab;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/** A JDK that the build has found on this machine. */
public record InstalledJdk(int version, Path home) {

    /** The one that runs this. */
    public static InstalledJdk running() {
        return new InstalledJdk(Runtime.version().feature(), Path.of(System.getProperty("java.home")));
    }

    /** All of them, the oldest first; this one alone where nobody says what there is. */
    public static List<InstalledJdk> all() {
        List<InstalledJdk> all = new ArrayList<>();
        for (String installed : System.getProperty("installed.jdks", "").split(",")) {
            int equals = installed.indexOf('=');
            if (equals > 0) {
                all.add(new InstalledJdk(Integer.parseInt(installed.substring(0, equals)),
                    Path.of(installed.substring(equals + 1))));
            }
        }
        return all.isEmpty() ? List.of(running()) : all;
    }

    /** The one in a folder, if one is there: its release file tells, as of every JDK. */
    public static Optional<InstalledJdk> in(Path home) {
        Properties release = new Properties();
        try (Reader in = Files.newBufferedReader(home.resolve("release"))) {
            release.load(in);
            String version = release.getProperty("JAVA_VERSION", "").replace("\"", "");
            return Optional.of(new InstalledJdk(Runtime.Version.parse(version).feature(), home))
                .filter(jdk -> Files.isExecutable(Path.of(jdk.command("java"))));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The command of a tool. */
    public String command(String tool) {
        return home.resolve("bin").resolve(tool).toString();
    }

    @Override
    public String toString() {
        return "JDK " + version;
    }
}
