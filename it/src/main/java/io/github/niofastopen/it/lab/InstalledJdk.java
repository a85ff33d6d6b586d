// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.lab;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

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

    /** The command of a tool. */
    public String command(String tool) {
        return home.resolve("bin").resolve(tool).toString();
    }

    @Override
    public String toString() {
        return "JDK " + version;
    }
}
