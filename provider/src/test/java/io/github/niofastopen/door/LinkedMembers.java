// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.door;

import com.tngtech.archunit.thirdparty.org.objectweb.asm.ClassReader;
import com.tngtech.archunit.thirdparty.org.objectweb.asm.ClassVisitor;
import com.tngtech.archunit.thirdparty.org.objectweb.asm.MethodVisitor;
import com.tngtech.archunit.thirdparty.org.objectweb.asm.Opcodes;
import com.tngtech.archunit.thirdparty.org.objectweb.asm.Type;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What class files link to, or override, of the JDK that runs the test, but for its API: members by the class that declares
 * them, as {@link Requirement} writes them.
 */
final class LinkedMembers {
    /** A class file's name, its superclass, and what it declares. */
    private static final class Own {
        private String superName;
        private List<String> interfaces;
        private String packageName;
        private final List<String> declared = new ArrayList<>();
        private final List<String> instanceMethods = new ArrayList<>();
        private final List<String[]> references = new ArrayList<>();
    }

    private final Map<String, Own> owns = new HashMap<>();
    private final Map<String, Requirement.Use> found = new TreeMap<>();

    private LinkedMembers() {
    }

    static List<String> of(List<byte[]> classFiles) {
        LinkedMembers members = new LinkedMembers();
        classFiles.forEach(members::read);
        members.owns.values().forEach(members::collect);
        return members.found.entrySet().stream().map(member -> member.getKey() + " " + member.getValue()).toList();
    }

    private void read(byte[] classFile) {
        Own own = new Own();
        new ClassReader(classFile).accept(new ClassVisitor(Opcodes.ASM9) {
            @Override
            public void visit(int version, int access, String name, String signature, String superName, String[] interfaces) {
                own.superName = superName;
                own.interfaces = List.of(interfaces);
                own.packageName = name.substring(0, name.lastIndexOf('/')).replace('/', '.');
                owns.put(name, own);
            }

            @Override
            public MethodVisitor visitMethod(int access, String name, String descriptor, String signature, String[] exceptions) {
                own.declared.add(name + " " + descriptor);
                if ((access & (Opcodes.ACC_STATIC | Opcodes.ACC_PRIVATE)) == 0 && !name.startsWith("<")) {
                    own.instanceMethods.add(name + " " + descriptor);
                }
                return new References(own);
            }
        }, ClassReader.SKIP_DEBUG);
    }

    private static final class References extends MethodVisitor {
        private final Own own;

        References(Own own) {
            super(Opcodes.ASM9);
            this.own = own;
        }

        @Override
        public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
            own.references.add(new String[] {owner, name + " " + descriptor, Requirement.Use.FIELD.name()});
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
            own.references.add(new String[] {owner, name + " " + descriptor, Requirement.Use.CALLED.name()});
        }
    }

    private void collect(Own own) {
        for (String method : own.instanceMethods) {
            addOverridden(own, own.superName, method);
            own.interfaces.forEach(name -> addOverridden(own, name, method));
        }
        for (String[] reference : own.references) {
            addLinked(reference[0], reference[1], Requirement.Use.valueOf(reference[2]));
        }
    }

    private void addLinked(String owner, String member, Requirement.Use use) {
        Own own = owns.get(owner);
        if (own == null) {
            if (!owner.startsWith("[")) {
                add(ofJdk(owner), member, use);
            }
        } else if (!own.declared.contains(member)) {
            addLinked(own.superName, member, use);
            own.interfaces.forEach(name -> addLinked(name, member, use));
        }
    }

    /** What is private, or of another package and not visible there, isn't overridden by a method of the same name. */
    private void addOverridden(Own own, String supertype, String method) {
        Class<?> type = ofJdk(supertype);
        Class<?> declaring = type == null ? null : declaring(type, method, Requirement.Use.OVERRIDDEN);
        int modifiers = declaring == null ? Modifier.PRIVATE : modifiers(declaring, method, Requirement.Use.OVERRIDDEN);
        boolean visible = (modifiers & (Modifier.PUBLIC | Modifier.PROTECTED)) != 0
            || declaring != null && declaring.getPackageName().equals(own.packageName);
        if ((modifiers & Modifier.PRIVATE) == 0 && visible) {
            add(type, method, Requirement.Use.OVERRIDDEN);
        }
    }

    /** The class of that name in the JDK, or the first superclass that is one of its, or null. */
    private Class<?> ofJdk(String name) {
        String current = name;
        while (owns.containsKey(current)) {
            current = owns.get(current).superName;
        }
        try {
            return Class.forName(current.replace('/', '.'), false, null);
        } catch (ClassNotFoundException e) {
            return null;
        }
    }

    private void add(Class<?> type, String member, Requirement.Use use) {
        Class<?> declaring = type == null ? null : declaring(type, member, use);
        if (declaring != null && whoseApi(type, member).stream().noneMatch(one -> isApi(one, member, use))) {
            found.merge(declaring.getName() + "." + member, use, (one, other) -> one.compareTo(other) < 0 ? one : other);
        }
    }

    private static Class<?> declaring(Class<?> type, String member, Requirement.Use use) {
        return supertypes(type).stream().filter(one -> modifiers(one, member, use) >= 0).findFirst().orElse(null);
    }

    /** Constructors aren't inherited. */
    private static List<Class<?>> whoseApi(Class<?> type, String member) {
        return member.startsWith("<init>") ? List.of(type) : supertypes(type);
    }

    private static boolean isApi(Class<?> type, String member, Requirement.Use use) {
        int modifiers = modifiers(type, member, use);
        return modifiers >= 0 && (modifiers & (Modifier.PUBLIC | Modifier.PROTECTED)) != 0
            && Modifier.isPublic(type.getModifiers()) && type.getModule().isExported(type.getPackageName());
    }

    /** A class, its superclasses from below, then all interfaces. */
    private static List<Class<?>> supertypes(Class<?> type) {
        List<Class<?>> all = new ArrayList<>();
        for (Class<?> one = type; one != null; one = one.getSuperclass()) {
            all.add(one);
        }
        for (int i = 0; i < all.size(); i++) {
            all.addAll(Arrays.asList(all.get(i).getInterfaces()));
        }
        return all;
    }

    /** The modifiers of the member that a class declares, or -1. */
    private static int modifiers(Class<?> type, String member, Requirement.Use use) {
        if (use == Requirement.Use.FIELD) {
            return Arrays.stream(type.getDeclaredFields())
                .filter(field -> member.equals(field.getName() + " " + Type.getDescriptor(field.getType())))
                .mapToInt(field -> field.getModifiers()).findFirst().orElse(-1);
        }
        if (member.startsWith("<init>")) {
            return Arrays.stream(type.getDeclaredConstructors())
                .filter(constructor -> member.equals("<init> " + Type.getConstructorDescriptor(constructor)))
                .mapToInt(constructor -> constructor.getModifiers()).findFirst().orElse(-1);
        }
        return Arrays.stream(type.getDeclaredMethods())
            .filter(method -> member.equals(method.getName() + " " + Type.getMethodDescriptor(method)))
            .mapToInt(method -> method.getModifiers()).findFirst().orElse(-1);
    }
}
