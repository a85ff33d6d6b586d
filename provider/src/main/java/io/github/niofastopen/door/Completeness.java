// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.door;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;

/** Whether a bridge that leaves every call to an object of the JDK's leaves out none that a later JDK has added. */
final class Completeness {
    private static final int NOT_OVERRIDDEN = Modifier.STATIC | Modifier.PRIVATE | Modifier.FINAL;

    private Completeness() {
    }

    /**
     * Checks it.
     *
     * @param besides the name of a method that calls others
     * @throws NoSuchMethodException that names a method of the superclass that the bridge doesn't override
     */
    static void check(Class<?> bridge, String besides) throws NoSuchMethodException {
        Method[] own = bridge.getDeclaredMethods();
        for (Method method : bridge.getSuperclass().getDeclaredMethods()) {
            boolean overridable = (method.getModifiers() & NOT_OVERRIDDEN) == 0 && !method.getName().equals(besides);
            if (overridable && !isAmong(own, method)) {
                throw new NoSuchMethodException(method + " isn't known");
            }
        }
    }

    private static boolean isAmong(Method[] own, Method wanted) {
        for (Method method : own) {
            if (method.getName().equals(wanted.getName()) && Arrays.equals(method.getParameterTypes(), wanted.getParameterTypes())) {
                return true;
            }
        }
        return false;
    }
}
