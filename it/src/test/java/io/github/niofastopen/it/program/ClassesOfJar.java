// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.program;

import java.io.IOException;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/** Asks its own loader for each class of a jar, after the first channel and the first socket, and prints what becomes of it. */
public final class ClassesOfJar {
    private static final String SUFFIX = ".class";

    private ClassesOfJar() {
    }

    public static void main(String[] args) throws IOException {
        SocketChannel.open().close();
        new Socket().close();
        for (String file : filesIn(args[0])) {
            String name = file.substring(0, file.length() - SUFFIX.length()).replace('/', '.');
            System.out.println(name + " " + answerTo(name));
        }
    }

    private static List<String> filesIn(String jar) throws IOException {
        try (JarFile file = new JarFile(jar)) {
            return file.stream().map(JarEntry::getName).filter(name -> name.endsWith(SUFFIX) && name.startsWith("io/")).toList();
        }
    }

    private static String answerTo(String name) {
        try {
            Class.forName(name, false, ClassesOfJar.class.getClassLoader());
            return "is there";
        } catch (ClassNotFoundException | LinkageError e) {
            return e.toString();
        }
    }
}
