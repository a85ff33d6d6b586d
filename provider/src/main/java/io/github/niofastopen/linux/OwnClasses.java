// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.linux;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.ProtectionDomain;

/**
 * Defines, all at once, the classes that are needed next. A class path's loader spends more on finding and reading a class than
 * the JVM on the class itself: 30 ms of a cold JVM's processor time until the first connection. The classes are the same, of the
 * same loader. Where it isn't done, or a class is left out, the loader loads them one by one, as any others.
 */
public final class OwnClasses {
    private static final ProtectionDomain DOMAIN = OwnClasses.class.getProtectionDomain();

    private final ByteBuffer classes;

    private OwnClasses(byte[] classes) {
        this.classes = ByteBuffer.wrap(classes);
    }

    /** Those whose native methods the library has, and those of the door. The library must have this class's own. */
    static void defineForLibrary() {
        define("library", "io.github.niofastopen.linux.Errno");
    }

    /** Those that the first channel or socket needs. The native library must be loaded. */
    public static void defineForStart() {
        define("start", "io.github.niofastopen.attempt.Attempts");
    }

    /** Those that the first connect needs. The native library must be loaded. */
    public static void defineForConnect() {
        define("connect", "io.github.niofastopen.attempt.Attempt");
    }

    /**
     * Only where they come from a jar that the build has put them into; not where an archive of classes has them, which a JVM is
     * faster with; and not from a sealed jar, whose packages only the loader can seal (java.util.jar.Attributes.Name#SEALED).
     *
     * @param one of them
     */
    private static void define(String bundle, String one) {
        try {
            boolean served = OwnJar.isOpen() && !OwnClasses.class.getPackage().isSealed() && loaded(one) == null;
            byte[] classes = served ? OwnJar.read("META-INF/start/" + bundle) : null;
            if (classes != null) {
                new OwnClasses(classes).defineAll();
            }
        } catch (IOException | RuntimeException | LinkageError e) {
            // The jar may have been exchanged under the JVM. The loader has the same to say, if it is of consequence.
        }
    }

    private void defineAll() {
        while (classes.hasRemaining()) {
            String name = nextName();
            int length = classes.getInt();
            define(name, length);
            classes.position(classes.position() + length);
        }
    }

    /** As the loader itself does it, which other threads may have load the same class now. */
    private void define(String name, int length) {
        synchronized (lock(name)) {
            if (loaded(name) == null) {
                define(name, classes.array(), classes.position(), length, DOMAIN);
            }
        }
    }

    private String nextName() {
        int length = classes.getInt();
        String name = new String(classes.array(), classes.position(), length, StandardCharsets.ISO_8859_1);
        classes.position(classes.position() + length);
        return name;
    }

    // Of this class's own loader, and of no other: whoever is on the class path may call what is private

    private static native Object lock(String name);

    /** Null if it isn't loaded. An archive of classes loads what it has. */
    private static native Class<?> loaded(String name);

    private static native Class<?> define(String name, byte[] bytes, int from, int length, ProtectionDomain domain);
}
