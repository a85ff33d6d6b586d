// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.door;

import io.github.niofastopen.linux.OwnJar;
import java.io.IOException;

/**
 * The class files of what is behind the door. Those that extend what only the door opens have another name in the jar than their
 * class's: an application's loader that found one would fail with an IllegalAccessError (JVMS 5.3.5). Logging frameworks ask
 * loaders for the classes of a stack trace, expect that there is none, and throw that error into the application.
 */
public final class ClassFiles {

    private ClassFiles() {
    }

    /** The class file of a class of ours that is behind the door. */
    public static byte[] read(String className) throws IOException, ClassNotFoundException {
        byte[] classFile = OwnJar.read(className.replace('.', '/') + ".class");
        return classFile == null ? readConcealed(className) : classFile;
    }

    private static byte[] readConcealed(String className) throws IOException, ClassNotFoundException {
        byte[] classFile = OwnJar.read("META-INF/behind/" + className + ".bytes");
        if (classFile == null) {
            throw new ClassNotFoundException(className);
        }
        return classFile;
    }
}
