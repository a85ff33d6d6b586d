// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.door;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;

/** A class of the JDK that is to call a bridge's static method in the place of another class's one of the same name. */
final class Redirection {
    private final String caller;
    private final String owner;
    private final String name;
    private final String descriptor;

    /** @param owner the class that declares the method that is called so far, as class files name it; as does the caller */
    Redirection(String caller, String owner, String name, String descriptor) {
        this.caller = caller;
        this.owner = owner;
        this.name = name;
        this.descriptor = descriptor;
    }

    String callerName() {
        return caller.replace('/', '.');
    }

    /** The class, which isn't initialised by this. */
    Class<?> caller() throws ClassNotFoundException {
        return Class.forName(callerName(), false, null);
    }

    /** The caller's class file with the change, or null if this JDK's class isn't as expected. */
    byte[] redirected(byte[] classFile, Bridge bridge) {
        return classFile == null ? null : ClassPatch.redirect(classFile, owner, name, descriptor, bridge.className().replace('.', '/'));
    }

    /** Whether this JDK has the method that is called so far. What is called statically may be called elsewhere as it is: no code changes. */
    boolean isStatic() throws ClassNotFoundException {
        for (Method method : Class.forName(owner.replace('/', '.'), false, null).getDeclaredMethods()) {
            if (method.getName().equals(name) && Requirement.descriptor(method).equals(descriptor)) {
                return Modifier.isStatic(method.getModifiers());
            }
        }
        return false;
    }

    /** For messages. */
    @Override
    public String toString() {
        return caller + " to " + owner + "." + name + descriptor;
    }
}
