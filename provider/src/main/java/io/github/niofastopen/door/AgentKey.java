// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.door;

/**
 * What an agent of this JVM has left for the door: it opens packages of {@code java.base} without native code. The agent's own
 * class isn't known here, since module {@code java.instrument} may be absent.
 */
public abstract class AgentKey {
    private static volatile AgentKey left;

    /** Called by the agent, before the first channel is opened. */
    public static void leave(AgentKey key) {
        left = key;
    }

    /** Opens a package of {@code java.base} to a module if there is an agent. */
    static void open(String packageName, Module to) {
        AgentKey key = left;
        if (key != null) {
            key.openPackage(packageName, to);
        }
    }

    /** Opens a package of {@code java.base} to a module, and to no other. */
    protected abstract void openPackage(String packageName, Module to);
}
