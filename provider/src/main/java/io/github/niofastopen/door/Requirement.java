// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.door;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;

/**
 * A member of the JDK that a bridge, or a class behind the door, uses by name. The JVM links each at its first use, in the
 * middle of a connection; so the door looks for all of them before.
 */
final class Requirement {
    /** How a member is used. */
    enum Use {
        OVERRIDDEN(Modifier.PRIVATE | Modifier.STATIC | Modifier.FINAL),
        CALLED(Modifier.PRIVATE),
        FIELD(Modifier.PRIVATE);

        private final int unfit;

        Use(int unfit) {
            this.unfit = unfit;
        }
    }

    private final String className;
    private final String name;
    private final String descriptor;
    private final Use use;

    private Requirement(String className, String name, String descriptor, Use use) {
        this.className = className;
        this.name = name;
        this.descriptor = descriptor;
        this.use = use;
    }

    /** A method, or {@code <init>}. */
    static Requirement called(String className, String name, String descriptor) {
        return new Requirement(className, name, descriptor, Use.CALLED);
    }

    static Requirement overridden(String className, String name, String descriptor) {
        return new Requirement(className, name, descriptor, Use.OVERRIDDEN);
    }

    static Requirement field(String className, String name, String descriptor) {
        return new Requirement(className, name, descriptor, Use.FIELD);
    }

    /**
     * Checks some. A JVM copies all methods of a class for who asks for them: those of one class are asked for once, where its
     * requirements follow each other.
     *
     * @throws ReflectiveOperationException that names a member if this JDK has none that can be used so
     */
    static void checkAll(Requirement... requirements) throws ReflectiveOperationException {
        Class<?> type = null;
        Method[] methods = null;
        for (Requirement requirement : requirements) {
            if (type == null || !type.getName().equals(requirement.className)) {
                type = Class.forName(requirement.className, false, null);
                methods = null;
            }
            if (methods == null && requirement.isMethod()) {
                methods = type.getDeclaredMethods();
            }
            requirement.check(requirement.find(type, methods));
        }
    }

    private boolean isMethod() {
        return use != Use.FIELD && !name.equals("<init>");
    }

    private void check(Member member) throws NoSuchMethodException {
        if (member == null) {
            throw new NoSuchMethodException(this + " is missing");
        }
        if ((member.getModifiers() & use.unfit) != 0) {
            throw new NoSuchMethodException(this + " can't be used");
        }
    }

    private Member find(Class<?> type, Method... methods) {
        if (isMethod()) {
            return findMethod(methods);
        }
        return use == Use.FIELD ? findField(type) : findConstructor(type);
    }

    private Member findField(Class<?> type) {
        for (Field field : type.getDeclaredFields()) {
            if (field.getName().equals(name) && field.getType().descriptorString().equals(descriptor)) {
                return field;
            }
        }
        return null;
    }

    private Member findConstructor(Class<?> type) {
        for (Constructor<?> constructor : type.getDeclaredConstructors()) {
            if (descriptor(constructor.getParameterTypes(), void.class).equals(descriptor)) {
                return constructor;
            }
        }
        return null;
    }

    private Member findMethod(Method[] methods) {
        for (Method method : methods) {
            if (method.getName().equals(name) && descriptor(method).equals(descriptor)) {
                return method;
            }
        }
        return null;
    }

    static String descriptor(Method method) {
        return descriptor(method.getParameterTypes(), method.getReturnType());
    }

    private static String descriptor(Class<?>[] parameters, Class<?> returned) {
        StringBuilder text = new StringBuilder("(");
        for (Class<?> parameter : parameters) {
            text.append(parameter.descriptorString());
        }
        return text.append(')').append(returned.descriptorString()).toString();
    }

    /** For messages and tests, such as {@code sun.nio.ch.Net.POLLIN S FIELD}. */
    @Override
    public String toString() {
        return className + "." + name + " " + descriptor + " " + use;
    }
}
