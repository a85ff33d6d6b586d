// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.clients;

import io.github.niofastopen.it.lab.InstalledJdk;
import io.github.niofastopen.it.lab.JavaProgram;
import java.util.stream.Stream;

/** JVMs with the options that the build gives its short-lived ones; none when the document is written. */
final class ShortLived {

    private ShortLived() {
    }

    static JavaProgram program(Class<?> main, InstalledJdk jdk) {
        JavaProgram program = JavaProgram.of(main).on(jdk.home());
        Stream.of(System.getProperty("clients.jvm.options", "").split(" +")).filter(option -> !option.isEmpty())
            .forEach(program::option);
        return program;
    }
}
