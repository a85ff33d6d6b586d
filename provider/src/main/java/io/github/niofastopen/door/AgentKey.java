// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.door;

import java.util.function.Consumer;

/**
 * What an agent of this JVM has left for the door: it opens {@code sun.nio.ch} without native code. The agent's own class
 * isn't known here, since module {@code java.instrument} may be absent.
 */
public final class AgentKey {
    private static volatile Consumer<Module> key;

    private AgentKey() {
    }

    /** Called by the agent, before the first channel is opened. */
    public static void leave(Consumer<Module> opensSunNioChTo) {
        key = opensSunNioChTo;
    }

    /** Opens {@code sun.nio.ch} to a module if there is an agent. */
    static void openTo(Module module) {
        Consumer<Module> left = key;
        if (left != null) {
            left.accept(module);
        }
    }
}
