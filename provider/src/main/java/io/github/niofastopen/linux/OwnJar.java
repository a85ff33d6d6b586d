// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.linux;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
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
    /** Which build this class is of: in the place of the zeros src/build/StartClasses.java writes a digest, here and in an entry of the jar. */
    private static final String BUILD = "nio-fastopen build 00000000000000000000000000000000";

    private static final ZipFile JAR = openOrNull(location());

    private OwnJar() {
    }

    /** Whether these classes come from a jar. */
    static boolean isOpen() {
        return JAR != null;
    }

    /**
     * Whether the jar has been exchanged for one of another build since the loader of these classes opened it. What is read here would
     * be of the one, and what the loader loads of the other.
     */
    static boolean isExchanged() throws IOException {
        byte[] build = JAR == null ? null : read("META-INF/start/build");
        return build != null && !BUILD.equals(new String(build, StandardCharsets.ISO_8859_1));
    }

    /**
     * Reads a resource.
     *
     * @param name as {@link ClassLoader#getResource} takes it
     * @return its bytes, or null if there is none
     */
    public static byte[] read(String name) throws IOException {
        if (JAR != null) {
            ZipEntry entry = JAR.getEntry(name);
            return entry == null ? null : read(entry);
        }
        try (InputStream resource = OwnJar.class.getResourceAsStream("/" + name)) {
            return resource == null ? null : resource.readAllBytes();
        }
    }

    /** At once: one that doesn't know the length reads by buffers, and joins them. */
    private static byte[] read(ZipEntry entry) throws IOException {
        byte[] content = new byte[(int) entry.getSize()];
        try (InputStream in = JAR.getInputStream(entry)) {
            if (in.readNBytes(content, 0, content.length) < content.length) {
                throw new EOFException(entry.getName());
            }
        }
        return content;
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
}
