// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.door;

import java.lang.invoke.MethodHandles;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.channels.spi.SelectorProvider;

/**
 * Reaches the JDK's own provider where the channels can't be had. The JDK asks for a provider once and takes no for an
 * error, so whoever was named in the switch must produce one.
 */
public final class JdkProvider {
    private static final String PACKAGE = "sun.nio.ch";
    private static final String NAME = PACKAGE + ".DefaultSelectorProvider";

    private JdkProvider() {
    }

    /** The JDK's provider if {@code --add-exports} or {@code --add-opens} was given or an agent is there, or null. */
    public static SelectorProvider ifExported() {
        Module base = Object.class.getModule();
        Module own = JdkProvider.class.getModule();
        if (!base.isExported(PACKAGE, own)) {
            AgentKey.open(PACKAGE, own);
        }
        return base.isExported(PACKAGE, own) ? callGetter() : null;
    }

    /** The JDK's provider through the native library, which must be loaded; null if this JDK has no such way. */
    public static SelectorProvider throughNative() {
        try {
            JdkModule.export(Bridge.ofChannels(), JdkProvider.class.getModule());
            return callGetter();
        } catch (LinkageError e) {
            return null;
        }
    }

    /**
     * The JDK's provider through {@code sun.misc.Unsafe}, or null where module {@code jdk.unsupported} or its memory access
     * is absent (JEP 471 takes it away step by step). The last resort of a JVM that has no native library and no flag: a
     * warning of the JVM on JDK 24 and later is better than a JVM that can't open a channel.
     */
    public static SelectorProvider throughUnsafe() {
        try {
            Class<?> unsafeClass = Class.forName("sun.misc.Unsafe");
            Field theUnsafe = unsafeClass.getDeclaredField("theUnsafe");
            theUnsafe.setAccessible(true);
            Object unsafe = theUnsafe.get(null);
            Field implLookup = MethodHandles.Lookup.class.getDeclaredField("IMPL_LOOKUP");
            Object base = unsafeClass.getMethod("staticFieldBase", Field.class).invoke(unsafe, implLookup);
            Object offset = unsafeClass.getMethod("staticFieldOffset", Field.class).invoke(unsafe, implLookup);
            MethodHandles.Lookup lookup = (MethodHandles.Lookup)
                unsafeClass.getMethod("getObject", Object.class, long.class).invoke(unsafe, base, offset);
            return (SelectorProvider) lookup.unreflect(getter()).invoke();
        } catch (Throwable e) {
            return null;
        }
    }

    private static SelectorProvider callGetter() {
        try {
            return (SelectorProvider) getter().invoke(null);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("this JDK has no " + NAME, e);
        }
    }

    private static Method getter() throws ReflectiveOperationException {
        return Class.forName(NAME).getMethod("get");
    }
}
