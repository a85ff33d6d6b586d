// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.benchmarks.program;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/** Jars with nothing but programs: archives of classes take jars only, and what lies beside a program costs its start something. */
public final class ProgramJar {
    private ProgramJar() {
    }

    /** Writes a jar with some classes. */
    public static Path of(Path jar, Class<?>... programs) throws IOException {
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            for (Class<?> program : programs) {
                String name = program.getName().replace('.', '/') + ".class";
                out.putNextEntry(new JarEntry(name));
                try (InputStream classFile = program.getResourceAsStream("/" + name)) {
                    classFile.transferTo(out);
                }
            }
        }
        return jar;
    }
}
