// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.benchmarks.memory;

import io.github.niofastopen.attempt.Attempts;
import io.github.niofastopen.destinations.Memory;
import io.github.niofastopen.door.Channels;
import io.github.niofastopen.time.DeferralTimer;
import java.lang.ref.Reference;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.channels.spi.SelectorProvider;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.concurrent.Executor;
import org.openjdk.jol.vm.VM;

/**
 * The objects that belong to one of several alike: those that are reached from it, and not from another of them. JOL's own
 * walk would come by the timer's queue from one channel to all. It needs {@code --add-opens} for the packages of what is reached.
 */
final class OwnObjects {
    private OwnObjects() {
    }

    /** How many bytes the objects of {@code one} take that aren't reached from {@code another}. */
    static long bytes(Object one, Object another) throws IllegalAccessException {
        Set<Object> own = reachedFrom(one);
        own.removeAll(reachedFrom(another));
        long bytes = 0;
        for (Object object : own) {
            bytes += VM.current().sizeOf(object);
        }
        return bytes;
    }

    private static Set<Object> reachedFrom(Object root) throws IllegalAccessException {
        Set<Object> reached = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Object> next = new ArrayDeque<>(Set.of(root));
        while (!next.isEmpty()) {
            Object object = next.pop();
            if (!isShared(object) && reached.add(object)) {
                addReferences(object, next);
            }
        }
        return reached;
    }

    /** What serves the whole JVM leads to all the rest. */
    private static boolean isShared(Object object) {
        return object instanceof Class || object instanceof ClassLoader || object instanceof Thread || object instanceof Executor
            || object instanceof SelectorProvider || object instanceof Channels || object instanceof Attempts || object instanceof Memory
            || object instanceof DeferralTimer || object instanceof Enum;
    }

    private static void addReferences(Object object, Deque<Object> next) throws IllegalAccessException {
        Class<?> type = object.getClass();
        if (type.isArray()) {
            for (int i = 0; !type.getComponentType().isPrimitive() && i < Array.getLength(object); i++) {
                add(Array.get(object, i), next);
            }
            return;
        }
        if (object instanceof Reference) {
            return;
        }
        for (Class<?> declaring = type; declaring != null; declaring = declaring.getSuperclass()) {
            for (Field field : declaring.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
                    field.setAccessible(true);
                    add(field.get(object), next);
                }
            }
        }
    }

    private static void add(Object object, Deque<Object> next) {
        if (object != null) {
            next.push(object);
        }
    }
}
