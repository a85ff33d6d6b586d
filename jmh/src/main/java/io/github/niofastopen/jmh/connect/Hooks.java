// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.jmh.connect;

import java.lang.reflect.Field;

/** The agent's hooks in the JDK's TLS, which can be put to sleep: the JDK calls them then, and they do what it does without them. */
final class Hooks {
    private final Field inUse;
    private final Object told;

    private Hooks(Field inUse, Object told) {
        this.inUse = inUse;
        this.told = told;
    }

    /** There are hooks once a connection has tried Fast Open. The JVM must have opened their package. */
    static Hooks found() throws ReflectiveOperationException {
        Field field = Class.forName("sun.security.ssl.KeyShareBridge", true, null).getDeclaredField("inUse");
        field.setAccessible(true);
        Object told = field.get(null);
        if (told == null) {
            throw new IllegalStateException("there are no hooks here, so this would measure nothing");
        }
        return new Hooks(field, told);
    }

    void setAwake(boolean awake) throws IllegalAccessException {
        inUse.set(null, awake ? told : null);
    }
}
