// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.door;

/** The redirection of a class that has been redefined, made again whenever another agent's transformation has undone it. */
final class KeptChange extends AgentKey.Change {
    private final Redirection redirection;
    private final Bridge bridge;

    private KeptChange(Redirection redirection, Bridge bridge) {
        this.redirection = redirection;
        this.bridge = bridge;
    }

    /** From now on. */
    static void of(Bridge bridge) throws ClassNotFoundException {
        Redirection only = bridge.redirections()[0][0];
        AgentKey.keep(only.caller(), new KeptChange(only, bridge));
    }

    /** Null also where it is as it should be: it has no such call any more. */
    @Override
    byte[] of(byte[] classFile) {
        return redirection.redirected(classFile, bridge);
    }
}
