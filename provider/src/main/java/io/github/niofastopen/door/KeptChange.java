// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.door;

/**
 * Redirects the one call of a class of the JDK that was loaded already, by a transformer that stays. A redefinition would begin with
 * what other agents' transformers have made of the class, and be given to them again: what they add would be there twice, and for
 * good. (On JDK 17 it would be undone, too, when another agent transforms the class again.)
 */
final class KeptChange extends AgentKey.Change {
    private final Redirection redirection;
    private final Bridge bridge;

    private KeptChange(Redirection redirection, Bridge bridge) {
        this.redirection = redirection;
        this.bridge = bridge;
    }

    /**
     * From now on.
     *
     * @throws NoSuchMethodException if this JDK's class isn't as expected; it is as it was
     */
    static void of(Bridge bridge) throws ReflectiveOperationException {
        Redirection only = bridge.redirections()[0][0];
        if (!only.isStatic() || !AgentKey.keep(only.caller(), new KeptChange(only, bridge))) {
            throw new NoSuchMethodException("there is no such single call: of " + only);
        }
    }

    /** Null also where it is as it should be: it has no such call any more. */
    @Override
    byte[] of(byte[] classFile) {
        return redirection.redirected(classFile, bridge);
    }
}
