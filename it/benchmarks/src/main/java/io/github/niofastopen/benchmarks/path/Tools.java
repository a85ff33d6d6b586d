// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.benchmarks.path;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The programs that aren't Java's. */
enum Tools {
    NGINX("nginx", "nginx-light", "-v"),
    CURL("curl", "curl", "--version"),
    GNUTLS_CLI("gnutls-cli", "gnutls-bin", "--version");

    private static final Pattern VERSION = Pattern.compile("\\d+(\\.\\d+)+");

    private final String program;
    private final String debianPackage;
    private final String versionOption;

    Tools(String program, String debianPackage, String versionOption) {
        this.program = program;
        this.debianPackage = debianPackage;
        this.versionOption = versionOption;
    }

    /** Where it is; empty if it isn't installed. Services are often outside of a user's path. */
    Optional<Path> path() {
        for (String folder : (System.getenv().getOrDefault("PATH", "") + ":/usr/sbin:/usr/local/sbin").split(File.pathSeparator)) {
            Path file = Path.of(folder, program);
            if (Files.isExecutable(file)) {
                return Optional.of(file);
            }
        }
        return Optional.empty();
    }

    /** What to say where it is missing. */
    String missing() {
        return program + " is not installed (Debian: apt-get install " + debianPackage + ")";
    }

    String nameAndVersion() throws IOException {
        Process process = new ProcessBuilder(path().orElseThrow().toString(), versionOption).redirectErrorStream(true).start();
        Matcher version = VERSION.matcher(new String(process.getInputStream().readAllBytes()));
        return program + " " + (version.find() ? version.group() : "of unknown version");
    }
}
