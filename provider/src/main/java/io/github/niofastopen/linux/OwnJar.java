// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.linux;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * What lies in the jar beside the classes, and classes that are loaded by hand. {@link Class#getResourceAsStream} would open
 * the jar by a URL, whose handlers cost a cold JVM 5 to 10 ms; it serves where these classes come from elsewhere. The jar
 * stays open, as it would there: one that takes its place later may be of another version.
 */
public final class OwnJar {
    private static final ZipFile JAR = openOrNull(location());

    private OwnJar() {
    }

    /**
     * Reads a resource.
     *
     * @param name as {@link ClassLoader#getResource} takes it
     * @return its bytes, or null if there is none
     */
    public static byte[] read(String name) throws IOException {
        try (InputStream resource = JAR == null ? OwnJar.class.getResourceAsStream("/" + name) : open(JAR, name)) {
            return resource == null ? null : resource.readAllBytes();
        }
    }

    /** Where these classes come from, if that is a file or a folder; otherwise null. */
    static Path location() {
        CodeSource source = OwnJar.class.getProtectionDomain().getCodeSource();
        if (source == null || source.getLocation() == null || !source.getLocation().getProtocol().equals("file")) {
            return null;
        }
        try {
            return Path.of(source.getLocation().toURI());
        } catch (URISyntaxException | IllegalArgumentException e) {
            return null;
        }
    }

    static ZipFile openOrNull(Path jar) {
        try {
            return jar == null || jar.toFile().isDirectory() ? null : new ZipFile(jar.toFile());
        } catch (IOException | UnsupportedOperationException e) {
            return null;
        }
    }

    private static InputStream open(ZipFile jar, String name) throws IOException {
        ZipEntry entry = jar.getEntry(name);
        return entry == null ? null : jar.getInputStream(entry);
    }
}
