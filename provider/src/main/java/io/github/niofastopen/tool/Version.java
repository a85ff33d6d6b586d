// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.tool;

/** Which nio-fastopen this is, and on what it runs. */
final class Version {

    private Version() {
    }

    static String ofThis() {
        Module own = Version.class.getModule();
        String version = own.isNamed() ? own.getDescriptor().rawVersion().orElse(null)
            : Version.class.getPackage().getImplementationVersion();
        return version == null ? "(from classes)" : version;
    }

    static String line() {
        return "nio-fastopen " + ofThis() + " (Java " + Runtime.version() + ", " + System.getProperty("os.name") + " "
            + System.getProperty("os.version") + " " + System.getProperty("os.arch") + ")";
    }
}
