// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.linux;

/** Classes of the boot loader. The native library must be loaded. */
public final class BootClasses {
    private static final String ALWAYS_LOADED = "java.lang.Object";

    private BootClasses() {
    }

    /** Whether a class has been loaded; asking doesn't load it. True also where this JVM can't be asked. */
    public static boolean mayBeLoaded(String name) {
        return isLoaded(name) || !isLoaded(ALWAYS_LOADED);
    }

    /**
     * Whether a class has been loaded; asking doesn't load it.
     *
     * @return false also where this JVM can't be asked
     */
    public static native boolean isLoaded(String name);
}
