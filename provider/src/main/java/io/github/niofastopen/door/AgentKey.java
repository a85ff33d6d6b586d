// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.door;

/**
 * What an agent of this JVM has left for the door: it opens packages of {@code java.base} without native code. The agent's own
 * class isn't known here, since module {@code java.instrument} may be absent.
 */
public abstract class AgentKey {
    private static volatile AgentKey left;

    /**
     * Called by the agent, before the first channel is opened. Where it is named twice, the first may do as much as any: one that an
     * application's manifest names, and may allow less, comes last.
     */
    public static synchronized void leaveIfFirst(AgentKey key) {
        if (left == null) {
            left = key;
        }
    }

    /** Opens a package of {@code java.base} to a module if there is an agent. */
    static void open(String packageName, Module to) {
        AgentKey key = left;
        if (key != null) {
            key.openPackage(packageName, to);
        }
    }

    static boolean isThere() {
        return left != null;
    }

    /**
     * The class files of classes, as the JVM has them. There must be an agent. Reading them from the JDK's image would cost a
     * cold JVM 25 ms.
     *
     * @throws LinkageError if the JVM doesn't tell
     */
    static byte[][] classFilesOf(Class<?>[] types) {
        return left.classFiles(types);
    }

    /** @throws LinkageError if the JVM doesn't tell */
    protected abstract byte[][] classFiles(Class<?>[] types);

    /**
     * Gives classes of the JDK other class files. There must be an agent.
     *
     * @throws LinkageError if the JVM doesn't take them; the classes are as they were
     */
    static void redefine(Class<?>[] types, byte[][] classFiles) {
        left.redefineClasses(types, classFiles);
    }

    /** @throws LinkageError if the JVM doesn't take them */
    protected abstract void redefineClasses(Class<?>[] types, byte[][] classFiles);

    /**
     * Changes a class that is loaded, and makes the change anew whenever it is transformed again, after everyone who has registered
     * before. There must be an agent.
     *
     * @return whether it was changed; if not, nothing stays
     * @throws LinkageError if the JVM doesn't allow it; nothing stays
     */
    static boolean keep(Class<?> type, Change change) {
        return left.keepChanged(type, change);
    }

    /**
     * Now, and whenever the class is transformed again, what becomes of it is changed.
     *
     * @throws LinkageError if the JVM doesn't allow it
     */
    protected abstract boolean keepChanged(Class<?> type, Change change);

    /** What becomes of a class file. */
    public abstract static class Change {
        /** @return null for none */
        abstract byte[] of(byte[] classFile);
    }

    /**
     * Loads a class of the JDK, if it isn't yet, and gives it another class file meanwhile.
     *
     * @return whether it was loaded now; false also without an agent
     */
    static boolean load(String name, Change change) throws ClassNotFoundException {
        return left != null && left.loadClass(name, change);
    }

    /** @return whether it was loaded now */
    protected abstract boolean loadClass(String name, Change change) throws ClassNotFoundException;

    /** @return null for none */
    protected static byte[] changed(Change change, byte[] classFile) {
        return change.of(classFile);
    }

    /** Opens a package of {@code java.base} to a module, and to no other. */
    protected abstract void openPackage(String packageName, Module to);
}
