// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.door;

import io.github.niofastopen.attempt.Attempts;

/**
 * The native steps that open {@code java.base} to this provider. What they open and define is fixed in the library: a
 * bridge is named by its place in the library's list.
 */
final class JdkModule {

    private JdkModule() {
    }

    /**
     * Has the JVM let a module's classes link to a bridge's package of {@code java.base}. {@link Module} and reflection aren't told,
     * if this JDK has that step of its own.
     *
     * @throws NoSuchMethodError if this JDK's {@link Module} lacks any method that does it
     */
    static void link(Bridge bridge, Module to) {
        try {
            linkPackage(bridge.place(), Object.class.getModule(), to);
        } catch (NoSuchMethodError e) {
            export(bridge, to);
        }
    }

    /**
     * Exports a bridge's package of {@code java.base} to a module, as {@code --add-exports} would.
     *
     * @throws NoSuchMethodError if this JDK's {@link Module} lacks the method that does it
     */
    static void export(Bridge bridge, Module to) {
        exportPackage(bridge.place(), Object.class.getModule(), to);
    }

    /**
     * Defines a bridge's class in the boot loader, as a member of {@code java.base}.
     *
     * @throws LinkageError if it can't be linked on this JDK, or is there already
     */
    static void define(Bridge bridge) throws ClassNotFoundException {
        defineBridge(bridge.place(), bridge.classFile());
    }

    /**
     * Makes an object of a class behind the door. To call a constructor, reflection has the JVM make code, which costs a cold one
     * 4 ms.
     */
    static native Object make(Class<?> behind, Attempts attempts);

    private static native void linkPackage(int place, Module javaBase, Module to);

    private static native void exportPackage(int place, Module javaBase, Module to);

    private static native Class<?> defineBridge(int place, byte[] classFile);
}
