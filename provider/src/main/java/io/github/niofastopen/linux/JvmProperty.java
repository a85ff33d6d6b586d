// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.linux;

import java.security.PrivilegedAction;
import java.security.Security;

/**
 * Reads properties of this JVM, whoever's call it is: the JDK does so too (sun.security.action.GetPropertyAction). For this package
 * alone: an application that may not read them could do so by a public one.
 */
final class JvmProperty implements PrivilegedAction<String> {
    private final String name;
    private final boolean ofSecurity;

    private JvmProperty(String name, boolean ofSecurity) {
        this.name = name;
        this.ofSecurity = ofSecurity;
    }

    /** A system property; null if it isn't set. */
    static String ofSystem(String name) {
        return Privileged.get(new JvmProperty(name, false));
    }

    /** A security property; null if it isn't set. */
    static String ofSecurity(String name) {
        return Privileged.get(new JvmProperty(name, true));
    }

    @Override
    public String run() {
        return ofSecurity ? Security.getProperty(name) : System.getProperty(name);
    }
}
