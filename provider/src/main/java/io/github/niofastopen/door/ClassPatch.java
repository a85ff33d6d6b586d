// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.door;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Points a class's calls of one static method at another class, by its constant pool alone (JVMS 4.4): no code is touched, so
 * what was verifiable stays so. Its input is what the JVM would define, of whatever JDK; a class file that isn't as expected in
 * any way gives none.
 */
final class ClassPatch {
    private static final int MAGIC = 0xCAFEBABE;
    private static final int HEADER = 10;
    private static final int MAX_ENTRIES = 0xFFFF;
    private static final int CLASS = 7;
    private static final int METHODREF = 10;
    private static final int NAME_AND_TYPE = 12;
    private static final int UTF8 = 1;
    private static final int METHOD_HANDLE = 15;

    private final byte[] classFile;
    /** Where each entry of the constant pool begins, at its tag; 0 where there is none. */
    private final int[] entries;
    private final int end;

    private ClassPatch(byte[] classFile) {
        this.classFile = classFile;
        this.entries = new int[u2(8)];
        this.end = findEntries();
    }

    /**
     * Patches a class file.
     *
     * @param owner the class that declares the method, as class files name it
     * @param newOwner the class whose method of the same name and descriptor is to be called
     * @return the class file with the change, or null if there isn't exactly one such reference, or it isn't a class file
     */
    static byte[] redirect(byte[] classFile, String owner, String name, String descriptor, String newOwner) {
        try {
            ClassPatch patch = new ClassPatch(classFile);
            int reference = patch.onlyReference(owner, name, descriptor);
            return reference == 0 || patch.entries.length + 2 > MAX_ENTRIES ? null : patch.pointedAt(reference, newOwner);
        } catch (MalformedException | IndexOutOfBoundsException e) {
            return null;
        }
    }

    private int findEntries() {
        if ((u2(0) << 16 | u2(2)) != MAGIC) {
            throw new MalformedException();
        }
        int at = HEADER;
        for (int i = 1; i < entries.length; i++) {
            entries[i] = at;
            int tag = u1(at);
            at += size(tag, at);
            // A long or a double takes two (JVMS 4.4.5)
            i += tag == 5 || tag == 6 ? 1 : 0;
        }
        if (at >= classFile.length) {
            throw new MalformedException();
        }
        return at;
    }

    /** JVMS 4.4, table 4.4-A and what follows it. */
    private int size(int tag, int at) {
        switch (tag) {
            case UTF8:
                return 3 + u2(at + 1);
            case CLASS: case 8: case 16: case 19: case 20:
                return 3;
            case METHOD_HANDLE:
                return 4;
            case 3: case 4: case 9: case METHODREF: case 11: case NAME_AND_TYPE: case 17: case 18:
                return 5;
            case 5: case 6:
                return 9;
            default:
                throw new MalformedException();
        }
    }

    /** Where the reference is that calls the method; 0 if there is none, more than one, or one that isn't for calls alone. */
    private int onlyReference(String owner, String name, String descriptor) {
        int found = 0;
        for (int i = 1; i < entries.length; i++) {
            if (isTagged(i, METHODREF) && isReference(entries[i], owner, name, descriptor)) {
                if (found != 0) {
                    return 0;
                }
                found = i;
            }
        }
        return found == 0 || isInMethodHandle(found) ? 0 : entries[found];
    }

    private boolean isReference(int at, String owner, String name, String descriptor) {
        int ownerName = entry(u2(at + 1), CLASS);
        int nameAndType = entry(u2(at + 3), NAME_AND_TYPE);
        return isText(u2(ownerName + 1), owner) && isText(u2(nameAndType + 1), name) && isText(u2(nameAndType + 3), descriptor);
    }

    private boolean isInMethodHandle(int reference) {
        for (int i = 1; i < entries.length; i++) {
            if (isTagged(i, METHOD_HANDLE) && u2(entries[i] + 2) == reference) {
                return true;
            }
        }
        return false;
    }

    private boolean isTagged(int index, int tag) {
        return entries[index] != 0 && u1(entries[index]) == tag;
    }

    private int entry(int index, int tag) {
        if (index == 0 || !isTagged(index, tag)) {
            throw new MalformedException();
        }
        return entries[index];
    }

    /** Names here are ASCII, which modified UTF-8 writes as it is. */
    private boolean isText(int index, String text) {
        int at = entry(index, UTF8);
        boolean same = u2(at + 1) == text.length();
        for (int i = 0; same && i < text.length(); i++) {
            same = u1(at + 3 + i) == text.charAt(i);
        }
        return same;
    }

    private byte[] pointedAt(int reference, String newOwner) {
        byte[] changed = classFile.clone();
        int nameIndex = entries.length;
        put(changed, reference + 1, nameIndex + 1);
        put(changed, 8, entries.length + 2);
        byte[] name = newOwner.getBytes(StandardCharsets.US_ASCII);
        int added = name.length + 6;
        byte[] patched = Arrays.copyOf(changed, changed.length + added);
        System.arraycopy(changed, end, patched, end + added, changed.length - end);
        patched[end] = UTF8;
        put(patched, end + 1, name.length);
        System.arraycopy(name, 0, patched, end + 3, name.length);
        patched[end + 3 + name.length] = CLASS;
        put(patched, end + 4 + name.length, nameIndex);
        return patched;
    }

    private static void put(byte[] bytes, int at, int value) {
        bytes[at] = (byte) (value >> 8);
        bytes[at + 1] = (byte) value;
    }

    private int u1(int at) {
        return classFile[at] & 0xFF;
    }

    private int u2(int at) {
        return u1(at) << 8 | u1(at + 1);
    }

    private static final class MalformedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        MalformedException() {
            super(null, null, false, false);
        }
    }
}
