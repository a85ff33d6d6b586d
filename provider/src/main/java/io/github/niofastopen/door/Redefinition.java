// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.door;

/** The change of those of the JDK's classes that are to call a bridge: all of them, or none. */
final class Redefinition {
    private final Class<?>[] types;
    private final byte[][] classFiles;

    private Redefinition(int length) {
        types = new Class<?>[length];
        classFiles = new byte[length][];
    }

    /**
     * Prepares it.
     *
     * @throws NoSuchMethodException if this JDK's classes aren't as expected in any of the ways that are known
     */
    static Redefinition of(Bridge bridge) throws ReflectiveOperationException {
        Redirection first = null;
        for (Redirection[] way : bridge.redirections()) {
            Redefinition redefinition = new Redefinition(way.length);
            Redirection missing = redefinition.prepare(way, bridge);
            if (missing == null) {
                return redefinition;
            }
            first = first == null ? missing : first;
        }
        throw new NoSuchMethodException("there is no such single call: of " + first);
    }

    /** The redirection that this JDK doesn't allow, or null. */
    private Redirection prepare(Redirection[] way, Bridge bridge) throws ReflectiveOperationException {
        for (int i = 0; i < way.length; i++) {
            if (!way[i].isStatic()) {
                return way[i];
            }
            types[i] = way[i].caller();
        }
        byte[][] originals = AgentKey.classFilesOf(types);
        for (int i = 0; i < way.length; i++) {
            classFiles[i] = way[i].redirected(originals[i], bridge);
            if (classFiles[i] == null) {
                return way[i];
            }
        }
        return null;
    }

    /** @throws LinkageError if the JVM refuses it; the classes are as they were */
    void carryOut() {
        AgentKey.redefine(types, classFiles);
    }
}
