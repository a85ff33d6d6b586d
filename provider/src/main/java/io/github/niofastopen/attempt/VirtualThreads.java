// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.attempt;

import java.lang.reflect.Method;

/** Tells the kind of the current thread on JDKs that have two kinds. Slow: it is asked where a thread waits, or was interrupted. */
public final class VirtualThreads {
    private static final Method IS_VIRTUAL = isVirtualOrNull();

    private VirtualThreads() {
    }

    /** JDK 21 and later. */
    private static Method isVirtualOrNull() {
        try {
            return Thread.class.getMethod("isVirtual");
        } catch (NoSuchMethodException e) {
            return null;
        }
    }

    public static boolean areCurrent() {
        try {
            return IS_VIRTUAL != null && (boolean) IS_VIRTUAL.invoke(Thread.currentThread());
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("Thread.isVirtual", e);
        }
    }
}
