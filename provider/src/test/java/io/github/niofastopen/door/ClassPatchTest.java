// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.door;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.thirdparty.org.objectweb.asm.ClassReader;
import com.tngtech.archunit.thirdparty.org.objectweb.asm.ClassWriter;
import com.tngtech.archunit.thirdparty.org.objectweb.asm.Handle;
import com.tngtech.archunit.thirdparty.org.objectweb.asm.MethodVisitor;
import com.tngtech.archunit.thirdparty.org.objectweb.asm.Opcodes;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Class files of the JDK that runs the test, of all versions, cut off, and altered. */
class ClassPatchTest {
    private static final String OWNER = "java/lang/Math";
    private static final String NAME = "abs";
    private static final String DESCRIPTOR = "(I)I";
    private static final String NEW_OWNER = "io/github/niofastopen/Elsewhere";
    private static final int ALTERED = 20_000;

    @Test
    void oneCallIsRedirectedAndNothingElseChanges() {
        // given
        byte[] original = calling(Opcodes.V17, 1, false);

        // when
        byte[] patched = redirect(original);

        // then
        assertThat(calls(patched)).containsExactly(NEW_OWNER + ".abs(I)I", OWNER + ".abs(J)J", "java/lang/StrictMath.abs(I)I");
        assertIsPatchOf(original, patched);
    }

    @Test
    void whatIsPatchedRunsAsRedirected() throws ReflectiveOperationException {
        // given
        byte[] original = calling(Opcodes.V17, 1, false);
        String elsewhere = Doubling.class.getName().replace('.', '/');

        // when
        byte[] patched = ClassPatch.redirect(original, OWNER, NAME, DESCRIPTOR, elsewhere);

        // then
        Object result = new Defining().define(patched).getMethod("call", int.class).invoke(null, -3);
        assertThat(result).isEqualTo(-6);
    }

    /** Called instead of {@code Math.abs}. */
    public static final class Doubling {
        public static int abs(int value) {
            return 2 * value;
        }
    }

    private static final class Defining extends ClassLoader {
        Defining() {
            super(ClassPatchTest.class.getClassLoader());
        }

        Class<?> define(byte[] classFile) {
            return defineClass(null, classFile, 0, classFile.length);
        }
    }

    @Test
    void aClassWithoutSuchACallIsLeftAlone() {
        assertThat(redirect(calling(Opcodes.V17, 0, false))).isNull();
    }

    @Test
    void aMethodThatAMethodHandleNamesIsLeftAlone() {
        assertThat(redirect(calling(Opcodes.V17, 1, true))).isNull();
    }

    @Test
    void twoReferencesToTheMethodAreLeftAlone() {
        // given: a second entry for the same, which a compiler doesn't write but a class file may have
        byte[] original = calling(Opcodes.V17, 1, false);
        byte[] twice = withEntry(original, entryOfReference(original));

        // when, then
        assertThat(redirect(twice)).isNull();
    }

    @ParameterizedTest
    @MethodSource("versions")
    void eachVersionOfClassFilesIsRead(int version) {
        // given
        byte[] original = calling(version, 1, false);

        // when, then
        assertIsPatchOf(original, redirect(original));
    }

    /** Of JDK 17 to 28, by the number in the class file. */
    static Stream<Integer> versions() {
        return Stream.iterate(61, version -> version <= 72, version -> version + 1);
    }

    @Test
    void whereverItIsCutOffItIsLeftAloneOrWhole() {
        // given
        byte[] original = calling(Opcodes.V17, 1, false);

        for (int length = 0; length < original.length; length++) {
            // when
            byte[] cut = Arrays.copyOf(original, length);
            byte[] patched = redirect(cut);

            // then: what follows the constant pool isn't looked at, and stays as it was
            if (patched != null) {
                assertIsPatchOf(cut, patched);
            }
        }
    }

    @Test
    void howeverItIsAlteredItIsLeftAloneOrPatchedAndNothingElse() {
        // given
        byte[] original = calling(Opcodes.V17, 1, false);
        Random random = new Random(1);
        int left = 0;

        for (int i = 0; i < ALTERED; i++) {
            // when
            byte[] altered = original.clone();
            for (int changes = random.nextInt(4); changes >= 0; changes--) {
                altered[random.nextInt(altered.length)] = (byte) random.nextInt(256);
            }
            byte[] patched = redirect(altered);

            // then
            if (patched == null) {
                left++;
            } else {
                assertIsPatchOf(altered, patched);
            }
        }
        assertThat(left).isBetween(1, ALTERED - 1);
    }

    @Test
    void classFilesOfTheJdkAreLeftAloneOrPatchedAndNothingElse() throws IOException {
        // given
        List<String> names = List.of("java/lang/String", "java/lang/Math", "java/math/BigInteger", "java/util/ArrayList",
            "java/lang/Integer", "java/lang/Character", "java/util/Arrays", "sun/security/ssl/SSLEngineImpl");
        List<String> patchedOnes = new ArrayList<>();

        for (String name : names) {
            try (InputStream resource = Object.class.getModule().getResourceAsStream(name + ".class")) {
                // when
                byte[] original = resource.readAllBytes();
                byte[] patched = redirect(original);

                // then
                if (patched != null) {
                    patchedOnes.add(name);
                    assertIsPatchOf(original, patched);
                }
            }
        }
        assertThat(patchedOnes).isNotEmpty().hasSizeLessThan(names.size());
    }

    /** Two entries more, at the end of the constant pool, and one reference that names the second of them. */
    private static void assertIsPatchOf(byte[] original, byte[] patched) {
        byte[] added = added(u2(original, 8));
        assertThat(patched).isNotNull().hasSize(original.length + added.length);
        int end = endOfPool(patched, original, added);
        int count = u2(original, 8);
        byte[] undone = new byte[original.length];
        System.arraycopy(patched, 0, undone, 0, end);
        System.arraycopy(patched, end + added.length, undone, end, original.length - end);
        assertThat(Arrays.copyOfRange(patched, end, end + added.length)).isEqualTo(added);
        assertThat(u2(patched, 8)).isEqualTo(count + 2);
        List<Integer> differing = new ArrayList<>();
        for (int i = 10; i < original.length; i++) {
            if (undone[i] != original[i]) {
                differing.add(i);
            }
        }
        assertThat(differing).hasSizeBetween(1, 2);
        int reference = u2(undone, differing.get(0)) == count + 1 ? differing.get(0) : differing.get(0) - 1;
        assertThat(u2(undone, reference)).isEqualTo(count + 1);
        assertThat(differing).allMatch(at -> at == reference || at == reference + 1);
    }

    private static byte[] added(int count) {
        byte[] name = NEW_OWNER.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        byte[] entries = new byte[name.length + 6];
        entries[0] = 1;
        entries[2] = (byte) name.length;
        System.arraycopy(name, 0, entries, 3, name.length);
        entries[name.length + 3] = 7;
        entries[name.length + 4] = (byte) (count >> 8);
        entries[name.length + 5] = (byte) count;
        return entries;
    }

    private static int endOfPool(byte[] patched, byte[] original, byte[] added) {
        for (int at = 10; at + added.length <= patched.length; at++) {
            if (Arrays.equals(patched, at, at + added.length, added, 0, added.length)
                    && Arrays.equals(patched, at + added.length, patched.length, original, at, original.length)) {
                return at;
            }
        }
        throw new AssertionError("nothing was added");
    }

    private static byte[] redirect(byte[] classFile) {
        return ClassPatch.redirect(classFile, OWNER, NAME, DESCRIPTOR, NEW_OWNER);
    }

    private static int u2(byte[] bytes, int at) {
        return (bytes[at] & 0xFF) << 8 | bytes[at + 1] & 0xFF;
    }

    private static byte[] calling(int version, int times, boolean byHandle) {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        writer.visit(version, Opcodes.ACC_PUBLIC, "Calling", null, "java/lang/Object", null);
        MethodVisitor method = writer.visitMethod(Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC, "call", DESCRIPTOR, null, null);
        method.visitLdcInsn(5L);
        method.visitMethodInsn(Opcodes.INVOKESTATIC, OWNER, NAME, "(J)J", false);
        method.visitInsn(Opcodes.POP2);
        method.visitVarInsn(Opcodes.ILOAD, 0);
        method.visitMethodInsn(Opcodes.INVOKESTATIC, "java/lang/StrictMath", NAME, DESCRIPTOR, false);
        method.visitInsn(Opcodes.POP);
        if (byHandle) {
            method.visitLdcInsn(new Handle(Opcodes.H_INVOKESTATIC, OWNER, NAME, DESCRIPTOR, false));
            method.visitInsn(Opcodes.POP);
        }
        method.visitVarInsn(Opcodes.ILOAD, 0);
        for (int i = 0; i < times; i++) {
            method.visitMethodInsn(Opcodes.INVOKESTATIC, OWNER, NAME, DESCRIPTOR, false);
        }
        method.visitInsn(Opcodes.IRETURN);
        method.visitMaxs(0, 0);
        method.visitEnd();
        writer.visitEnd();
        return writer.toByteArray();
    }

    private static List<String> calls(byte[] classFile) {
        List<String> calls = new ArrayList<>();
        ClassReader reader = new ClassReader(classFile);
        char[] buffer = new char[reader.getMaxStringLength()];
        for (int i = 1; i < reader.getItemCount(); i++) {
            int at = reader.getItem(i);
            if (at != 0 && classFile[at - 1] == 10) {
                int nameAndType = reader.getItem(reader.readUnsignedShort(at + 2));
                calls.add(reader.readClass(at, buffer) + "." + reader.readUTF8(nameAndType, buffer) + reader.readUTF8(nameAndType + 2, buffer));
            }
        }
        return calls.stream().sorted((one, other) -> Boolean.compare(other.startsWith("io"), one.startsWith("io"))).toList();
    }

    private static int entryOfReference(byte[] classFile) {
        ClassReader reader = new ClassReader(classFile);
        char[] buffer = new char[reader.getMaxStringLength()];
        for (int i = 1; i < reader.getItemCount(); i++) {
            int at = reader.getItem(i);
            if (at != 0 && classFile[at - 1] == 10 && reader.readClass(at, buffer).equals(OWNER)
                    && reader.readUTF8(reader.getItem(reader.readUnsignedShort(at + 2)) + 2, buffer).equals(DESCRIPTOR)) {
                return at - 1;
            }
        }
        throw new AssertionError("no reference");
    }

    /** The class file with a copy of an entry of five bytes at the beginning of what follows the constant pool. */
    private static byte[] withEntry(byte[] classFile, int entry) {
        int end = new ClassReader(classFile).header;
        byte[] longer = new byte[classFile.length + 5];
        System.arraycopy(classFile, 0, longer, 0, end);
        System.arraycopy(classFile, entry, longer, end, 5);
        System.arraycopy(classFile, end, longer, end + 5, classFile.length - end);
        int count = u2(classFile, 8) + 1;
        longer[8] = (byte) (count >> 8);
        longer[9] = (byte) count;
        return longer;
    }
}
