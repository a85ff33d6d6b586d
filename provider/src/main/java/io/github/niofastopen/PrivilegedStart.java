// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen;

import java.security.AccessController;
import java.security.PrivilegedAction;

/**
 * Begins with the permissions of this jar alone where JDK 17 or 21 has a security manager: the application, whose first channel
 * it is, may need less. On a JDK that has no {@link AccessController} any more, this class can't be linked.
 */
@SuppressWarnings("removal")
final class PrivilegedStart implements PrivilegedAction<Startup> {

    private PrivilegedStart() {
    }

    static Startup once() {
        return AccessController.doPrivileged(new PrivilegedStart());
    }

    @Override
    public Startup run() {
        return Startup.once();
    }
}
