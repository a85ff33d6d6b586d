// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.door;

/**
 * Redirects the one call of a class of the JDK that hasn't been loaded yet: while it is, which costs a cold JVM less than to
 * redefine it. To the JVM and to other agents what comes of it is the class's own class file, as with a {@link Redefinition}.
 */
final class FirstLoading extends AgentKey.Change {
    private final Redirection redirection;
    private final Bridge bridge;
    private boolean redirected;

    private FirstLoading(Redirection redirection, Bridge bridge) {
        this.redirection = redirection;
        this.bridge = bridge;
    }

    /**
     * Loads the class, if it isn't yet.
     *
     * @return whether it calls the bridge now; if not, it was loaded already
     * @throws NoSuchMethodException if it was loaded now and isn't as expected
     */
    static boolean isRedirected(Bridge bridge) throws ReflectiveOperationException {
        Redirection only = bridge.redirections()[0][0];
        FirstLoading loading = new FirstLoading(only, bridge);
        boolean loaded = only.isStatic() && AgentKey.load(only.callerName(), loading);
        if (loaded && !loading.redirected) {
            throw new NoSuchMethodException("there is no such single call: of " + only);
        }
        return loaded;
    }

    @Override
    byte[] of(byte[] classFile) {
        byte[] changed = redirection.redirected(classFile, bridge);
        redirected = changed != null;
        return changed;
    }
}
