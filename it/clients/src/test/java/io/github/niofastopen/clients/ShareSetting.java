// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.clients;

import io.github.niofastopen.it.lab.JavaProgram;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.jar.JarFile;

/** What an operator may set, as to key shares. */
enum ShareSetting {
    WITHOUT("no Fast Open") {
        @Override
        void apply(JavaProgram client) {
            // As the JDK comes.
        }
    },
    DEFAULT("the switch") {
        @Override
        void apply(JavaProgram client) {
            client.withSwitch();
        }
    },
    PREDICTED("the agent") {
        @Override
        void apply(JavaProgram client) {
            client.option("-javaagent:" + providerJar().orElseThrow()).option("--enable-native-access=ALL-UNNAMED");
        }

        @Override
        boolean isThere() {
            return providerJar().filter(ShareSetting::predicts).isPresent();
        }
    },
    CLASSICAL_FIRST("the switch, `jdk.tls.namedGroups=x25519,secp256r1,X25519MLKEM768`") {
        @Override
        void apply(JavaProgram client) {
            client.withSwitch().property("jdk.tls.namedGroups", "x25519,secp256r1,X25519MLKEM768");
        }
    },
    CLASSICAL_ALONE("the switch, `jdk.tls.namedGroups=x25519,secp256r1`") {
        @Override
        void apply(JavaProgram client) {
            client.withSwitch().property("jdk.tls.namedGroups", "x25519,secp256r1");
        }
    };

    final String words;

    ShareSetting(String words) {
        this.words = words;
    }

    abstract void apply(JavaProgram client);

    /** Whether this build has it. */
    boolean isThere() {
        return true;
    }

    private static Optional<String> providerJar() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> entry.matches(".*/nio-fastopen-[0-9][^/]*\\.jar")).findFirst();
    }

    private static boolean predicts(String jar) {
        try (JarFile file = new JarFile(jar)) {
            return file.stream().anyMatch(entry -> entry.getName().startsWith("io/github/niofastopen/keyshare/"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
