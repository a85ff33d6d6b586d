// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.linux;

/** The native steps that open {@code java.base} to this provider; {@code door} decides when they are needed. */
public final class JdkModule {

    private JdkModule() {
    }

    /**
     * Exports {@code sun.nio.ch} of {@code java.base} to a module, as {@code --add-exports} would.
     *
     * @throws NoSuchMethodError if this JDK's {@link Module} lacks the method that does it
     */
    public static void exportSunNioCh(Module to) {
        exportSunNioCh(Object.class.getModule(), to);
    }

    /**
     * Defines the class {@code sun.nio.ch.SocketChannelBridge} in the boot loader, as a member of {@code java.base}.
     *
     * @throws LinkageError if it can't be linked on this JDK, or is there already
     */
    public static native Class<?> defineBridge(byte[] classFile);

    private static native void exportSunNioCh(Module javaBase, Module to);
}
