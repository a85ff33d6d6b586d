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
    private static final ClassLoader LOADER = OwnClasses.class.getClassLoader();
    private static final ProtectionDomain DOMAIN = OwnClasses.class.getProtectionDomain();

    private final ByteBuffer classes;

    private OwnClasses(byte[] classes) {
        this.classes = ByteBuffer.wrap(classes);
    }

    /** Called by the native library as it is loaded: those whose native methods it has, and those of the door. */
    private static void defineForLibrary() {
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
     * Only where they come from a jar that the build has put them into; and not where an archive of classes has them, which a JVM
     * is faster with.
     *
     * @param one of them
     */
    private static void define(String bundle, String one) {
        try {
            byte[] classes = OwnJar.isOpen() && loaded(LOADER, one) == null ? OwnJar.read("META-INF/start/" + bundle) : null;
            if (classes != null) {
                new OwnClasses(classes).defineAll();
            }
        } catch (IOException | LinkageError e) {
            // The loader has the same to say, if it is of consequence.
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
        synchronized (lock(LOADER, name)) {
            if (loaded(LOADER, name) == null) {
                define(LOADER, name, classes.array(), classes.position(), length, DOMAIN);
            }
        }
    }

    private String nextName() {
        int length = classes.getInt();
        String name = new String(classes.array(), classes.position(), length, StandardCharsets.ISO_8859_1);
        classes.position(classes.position() + length);
        return name;
    }

    private static native Object lock(ClassLoader loader, String name);

    /** Null if it isn't loaded. An archive of classes loads what it has. */
    private static native Class<?> loaded(ClassLoader loader, String name);

    private static native Class<?> define(ClassLoader loader, String name, byte[] bytes, int from, int length, ProtectionDomain domain);
}
