// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.linux;

import java.security.AccessController;
import java.security.PrivilegedAction;

/**
 * Does what a security manager of JDK 17 to 23 may deny to the application whose call it is, with the permissions of this jar
 * alone, as the JDK does where it needs more than its caller. An action of another's has no more permissions by it: its own code
 * is on the stack.
 */
public final class Privileged {
    /** Since JEP 486 (JDK 24) there are no permissions. */
    private static final boolean HAS_PERMISSIONS = Runtime.version().feature() < 24;

    private Privileged() {
    }

    /** What the action returns. */
    public static <T> T get(PrivilegedAction<T> action) {
        return HAS_PERMISSIONS ? WithPermissions.get(action) : action.run();
    }

    /** Not linked where the JDK may have no {@link AccessController} any more. */
    @SuppressWarnings("removal")
    private static final class WithPermissions {
        static <T> T get(PrivilegedAction<T> action) {
            return AccessController.doPrivileged(action);
        }
    }
}
