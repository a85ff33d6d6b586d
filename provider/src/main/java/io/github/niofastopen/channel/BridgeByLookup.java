// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.channel;

import io.github.niofastopen.door.Bridge;
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
}
