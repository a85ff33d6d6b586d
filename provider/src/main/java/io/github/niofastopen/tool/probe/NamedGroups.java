// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.tool.probe;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import javax.net.ssl.SSLParameters;

/** {@code SSLParameters.setNamedGroups}, which is there since Java 20. */
final class NamedGroups {
    private static final Method SETTER = setter();

    private NamedGroups() {
    }

    private static Method setter() {
        try {
            return SSLParameters.class.getMethod("setNamedGroups", String[].class);
        } catch (NoSuchMethodException e) {
            return null;
        }
    }

    /** Whether they can be chosen for one connection. */
    static boolean canBeSet() {
        return SETTER != null;
    }

    /** @param groups those with a share first, so far as the JDK sends one */
    static void set(SSLParameters parameters, String[] groups) {
        try {
            SETTER.invoke(parameters, (Object) groups);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(e);
        }
    }
}
