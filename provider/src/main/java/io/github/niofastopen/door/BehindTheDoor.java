// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.door;

import io.github.niofastopen.linux.OwnJar;
import java.io.IOException;

/**
 * The class loader of the channel package, whose classes extend what the door defines. A loader of their own confines the
 * door: {@code sun.nio.ch} is exported to this loader's unnamed module, not to the application's. And the classes stay
 * out of class-data archives, which a later JVM would read before it has opened the door.
 */
final class BehindTheDoor extends ClassLoader {
    static {
        registerAsParallelCapable();
    }

    private static final String PACKAGE = "io.github.niofastopen.channel.";

    BehindTheDoor(ClassLoader parent) {
        super("nio-fastopen", parent);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith(PACKAGE)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? findClass(name) : loaded;
        }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        try {
            byte[] classFile = OwnJar.read(name.replace('.', '/') + ".class");
            if (classFile == null) {
                throw new ClassNotFoundException(name);
            }
            return defineClass(name, classFile, 0, classFile.length, BehindTheDoor.class.getProtectionDomain());
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }
}
