// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Packs one program as those who ship executable jars do. */
final class ExecutableJar {
    private static final String SPRING_BOOT_LAUNCHER = "org.springframework.boot.loader.launch.JarLauncher";

    private ExecutableJar() {
    }

    /** An executable jar with further lines in its manifest. */
    static Path of(Class<?> program, Path file, Map<String, String> attributes) throws IOException {
        Manifest manifest = manifest(program.getName(), attributes);
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file), manifest)) {
            putClass(jar, "", program);
        }
        return file;
    }

    /** An executable jar of Spring Boot's form: its launcher loads the program by a class loader of its own. */
    static Path ofSpringBoot(Class<?> program, Path file) throws IOException, ReflectiveOperationException {
        Manifest manifest = manifest(SPRING_BOOT_LAUNCHER, Map.of("Start-Class", program.getName()));
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file), manifest);
                JarFile loader = new JarFile(locationOf(Class.forName(SPRING_BOOT_LAUNCHER)).toFile())) {
            Enumeration<JarEntry> entries = loader.entries();
            while (entries.hasMoreElements()) {
                JarEntry entry = entries.nextElement();
                if (entry.getName().startsWith("org/")) {
                    put(jar, entry.getName(), loader.getInputStream(entry).readAllBytes());
                }
            }
            put(jar, "BOOT-INF/lib/", new byte[0]);
            put(jar, "BOOT-INF/classes/", new byte[0]);
            putClass(jar, "BOOT-INF/classes/", program);
        }
        return file;
    }

    static Path locationOf(Class<?> type) {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath());
    }

    private static Manifest manifest(String mainClass, Map<String, String> attributes) {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, mainClass);
        attributes.forEach(manifest.getMainAttributes()::putValue);
        return manifest;
    }

    private static void putClass(JarOutputStream jar, String folder, Class<?> type) throws IOException {
        String name = type.getName().replace('.', '/') + ".class";
        try (InputStream classFile = type.getResourceAsStream("/" + name)) {
            put(jar, folder + name, classFile.readAllBytes());
        }
    }

    private static void put(JarOutputStream jar, String name, byte[] bytes) throws IOException {
        jar.putNextEntry(new JarEntry(name));
        jar.write(bytes);
        jar.closeEntry();
    }
}
