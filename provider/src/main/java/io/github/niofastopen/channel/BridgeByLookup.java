// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.channel;

import java.lang.invoke.MethodHandles;

/**
 * Defines the bridge without native code, where {@code sun.nio.ch} is open to the module of the channels. This class is
 * one of theirs so that it need be open to no other.
 */
public final class BridgeByLookup {
    private static final String NEIGHBOUR = "sun.nio.ch.SocketChannelImpl";

    private BridgeByLookup() {
    }

    /** Called by the door, by name. */
    public static void define(byte[] classFile) throws ReflectiveOperationException {
        Class<?> neighbour = Class.forName(NEIGHBOUR, false, null);
        MethodHandles.privateLookupIn(neighbour, MethodHandles.lookup()).defineClass(classFile);
    }
}
