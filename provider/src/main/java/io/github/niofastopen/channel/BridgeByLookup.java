// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.channel;

import io.github.niofastopen.door.Bridge;
import io.github.niofastopen.door.ClassFiles;
import java.io.IOException;
import java.lang.invoke.MethodHandles;

/**
 * Defines a bridge without native code, where its package is open to the module behind the door. This class is one of that
 * module so that the package need be open to no other.
 */
public final class BridgeByLookup {

    private BridgeByLookup() {
    }

    /** Called by the door, by name. */
    public static void define(Bridge bridge) throws ReflectiveOperationException {
        Class<?> neighbour = Class.forName(bridge.neighbour(), false, null);
        MethodHandles.privateLookupIn(neighbour, MethodHandles.lookup()).defineClass(bridge.classFile());
    }

    /** Defines a class of our jar in the loader of another one of its package. Called by the door, by name. */
    public static void reveal(String className, Class<?> neighbour) throws ReflectiveOperationException, IOException {
        MethodHandles.privateLookupIn(neighbour, MethodHandles.lookup()).defineClass(ClassFiles.read(className));
    }
}
