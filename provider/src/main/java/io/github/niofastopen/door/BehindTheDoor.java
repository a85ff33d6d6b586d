// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.door;

import java.io.IOException;
import java.security.ProtectionDomain;

/**
 * The class loader of the packages whose classes extend what the door defines. A loader of their own confines the door: the
 * JDK's packages are exported to this loader's unnamed module, not to the application's. And the classes stay out of
 * class-data archives, which a later JVM would read before it has opened the door.
 */
final class BehindTheDoor extends ClassLoader {
    static {
        registerAsParallelCapable();
    }

    private static final String[] PACKAGES =
        {"io.github.niofastopen.channel.", "io.github.niofastopen.keyshare.", "io.github.niofastopen.socket."};

    // Classes are loaded as they are needed, on stacks of the application, whose permissions may not suffice for more

    private final ProtectionDomain domain = BehindTheDoor.class.getProtectionDomain();
    private final ClassLoader jdk = getPlatformClassLoader();

    BehindTheDoor(ClassLoader parent) {
        super("nio-fastopen", parent);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (name.startsWith("sun.") || name.startsWith("java.")) {
            return jdk.loadClass(name);
        }
        if (!isConfined(name)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? findClass(name) : loaded;
        }
    }

    private static boolean isConfined(String name) {
        for (String prefix : PACKAGES) {
            if (name.startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        try {
            byte[] classFile = ClassFiles.read(name);
            return defineClass(name, classFile, 0, classFile.length, domain);
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }
}
