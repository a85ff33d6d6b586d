// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.linux;

import java.security.AccessController;
import java.security.PrivilegedAction;
import java.security.Security;

/**
 * Reads properties of this JVM with the permissions of this jar alone, where a security manager of JDK 17 to 23 may deny them to
 * the application whose call it is. The JDK does so too (sun.security.action.GetPropertyAction).
 */
final class JvmProperty {
    /** Since JEP 486 (JDK 24) there are no permissions. */
    private static final int NO_PERMISSIONS_SINCE = 24;

    private JvmProperty() {
    }

    /** A system property; null if it isn't set. */
    static String ofSystem(String name) {
        return read(name, false);
    }

    /** A security property; null if it isn't set. */
    static String ofSecurity(String name) {
        return read(name, true);
    }

    private static String read(String name, boolean ofSecurity) {
        return Runtime.version().feature() < NO_PERMISSIONS_SINCE ? Privileged.read(name, ofSecurity) : get(name, ofSecurity);
    }

    private static String get(String name, boolean ofSecurity) {
        return ofSecurity ? Security.getProperty(name) : System.getProperty(name);
    }

    @SuppressWarnings("removal")
    private static final class Privileged implements PrivilegedAction<String> {
        private final String name;
        private final boolean ofSecurity;

        private Privileged(String name, boolean ofSecurity) {
            this.name = name;
            this.ofSecurity = ofSecurity;
        }

        static String read(String name, boolean ofSecurity) {
            return AccessController.doPrivileged(new Privileged(name, ofSecurity));
        }

        @Override
        public String run() {
            return get(name, ofSecurity);
        }
    }
}
