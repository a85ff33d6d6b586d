// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.thirdparty.org.objectweb.asm.ClassReader;
import com.tngtech.archunit.thirdparty.org.objectweb.asm.ClassVisitor;
import com.tngtech.archunit.thirdparty.org.objectweb.asm.ClassWriter;
import com.tngtech.archunit.thirdparty.org.objectweb.asm.Label;
import com.tngtech.archunit.thirdparty.org.objectweb.asm.MethodVisitor;
import com.tngtech.archunit.thirdparty.org.objectweb.asm.Opcodes;
import java.io.InputStream;
import java.lang.instrument.ClassDefinition;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.channels.Selector;
import java.nio.channels.spi.SelectorProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A JVM that was started with the agent, alone or among others. */
class AgentTest {
    private static final String OURS = "FastOpenSelectorProvider FastOpenSocketChannel hello hello"
        + " FastOpenSocketChannel ServerSocketChannelImpl";
    private static final String OF_THE_JDK = "EPollSelectorProvider SocketChannelImpl hello hello"
        + " SocketChannelImpl ServerSocketChannelImpl";
    private static final String OFF = "WARNING: nio-fastopen: TCP Fast Open is off for channels, whose connections are the JDK's own: ";

    @TempDir
    Path folder;

    @Test
    void itAloneMakesTheChannelsOursAndSaysNothing() throws Exception {
        // when
        ChildJvm.Result child = run(List.of(FastOpenAgent.class));

        // then
        assertThat(child.output()).containsExactly(OURS);
        assertThat(child.errors()).isEmpty();
    }

    /** On the command line and in JAVA_TOOL_OPTIONS, for example. */
    @Test
    void namedTwiceItServesAndSaysNothing() throws Exception {
        // when
        ChildJvm.Result child = run(List.of(FastOpenAgent.class, FastOpenAgent.class));

        // then
        assertThat(child.output()).containsExactly(OURS);
        assertThat(child.errors()).isEmpty();
    }

    @Test
    void littleIsLoadedForAnApplicationWithoutConnections() throws Exception {
        // given
        Path log = folder.resolve("loaded");

        // when
        ChildJvm.Result child = ChildJvm.runWithoutSwitch(DoesNothing.class, folder,
            List.of(AgentJar.option(FastOpenAgent.class, folder), "-Xlog:class+load:file=" + log));

        // then
        assertThat(child.exitCode()).isZero();
        assertThat(Files.readAllLines(log)).filteredOn(line -> line.contains(" io.github.niofastopen."))
            .anyMatch(line -> line.contains(" io.github.niofastopen.FastOpenSelectorProvider "))
            .noneMatch(line -> line.contains(" io.github.niofastopen.config.") || line.contains(" io.github.niofastopen.attempt.")
                || line.contains(" io.github.niofastopen.channel.") || line.contains(" io.github.niofastopen.socket."));
    }

    @Test
    void whereAnotherAgentHasOpenedASelectorOneLineSaysWhatHelps() throws Exception {
        // when
        ChildJvm.Result child = run(List.of(OpensASelector.class, FastOpenAgent.class));

        // then
        assertThat(child.output()).containsExactly(OF_THE_JDK);
        assertThat(child.errors()).singleElement().asString().startsWith(OFF)
            .contains("another agent has used the JDK's channels before").contains("name this one first");
        assertThat(child.exitCode()).isZero();
    }

    @Test
    void theOtherOrderServes() throws Exception {
        // when
        ChildJvm.Result child = run(List.of(FastOpenAgent.class, OpensASelector.class));

        // then
        assertThat(child.output()).containsExactly(OURS);
        assertThat(child.errors()).isEmpty();
    }

    @Test
    void theSwitchServesWhateverAnotherAgentHasOpened() throws Exception {
        // when
        ChildJvm.Result child = run(List.of(OpensASelector.class, FastOpenAgent.class),
            "-Djava.nio.channels.spi.SelectorProvider=" + FastOpenSelectorProvider.class.getName());

        // then
        assertThat(child.output()).containsExactly(OURS);
        assertThat(child.errors()).isEmpty();
    }

    @Test
    void whatRefusesProvidersLaterComesTooLate() throws Exception {
        // when
        ChildJvm.Result child = run(List.of(FastOpenAgent.class, RefusesProviders.class));

        // then
        assertThat(child.output()).containsExactly(OURS);
        assertThat(child.errors()).isEmpty();
    }

    @Test
    void whereProvidersAreRefusedAlreadyTheJdkServesAndOneLineSaysWhatHelps() throws Exception {
        // when
        ChildJvm.Result child = run(List.of(RefusesProviders.class, FastOpenAgent.class));

        // then
        assertThat(child.output()).containsExactly(OF_THE_JDK);
        assertThat(child.errors()).singleElement().asString().startsWith(OFF)
            .contains("something in this JVM refuses selector providers").contains("not entitled").contains("name this agent before");
        assertThat(child.exitCode()).isZero();
    }

    /** What leaves an agent ends the JVM. */
    @Test
    void whateverKeepsItFromItsWorkTheJvmStartsAndTheJdkServes() throws Exception {
        // when
        ChildJvm.Result child = run(List.of(SpoilsAClass.class, FastOpenAgent.class));

        // then
        assertThat(child.exitCode()).isZero();
        assertThat(child.output()).singleElement().asString().contains(" SocketChannelImpl hello hello");
        assertThat(child.errors()).filteredOn(line -> line.startsWith("WARNING: nio-fastopen: TCP Fast Open is off")).isNotEmpty()
            .allMatch(line -> line.contains("ClassFormatError"));
    }

    @Test
    void whatGoesWrongInsideTheJvmDoesNotEndIt() throws Exception {
        // when
        ChildJvm.Result child = run(List.of(MeetsFaultsOfTheJvm.class));

        // then
        assertThat(child.exitCode()).isZero();
        assertThat(child.output()).containsExactly(OURS);
        assertThat(child.errors()).singleElement().asString()
            .startsWith("WARNING: nio-fastopen: TCP Fast Open is off for java.net.Socket, whose connections are the JDK's own: ")
            .contains("InternalError");
    }

    @Test
    void aProviderThatTheUserHasNamedIsLeftAlone() throws Exception {
        // when
        ChildJvm.Result child = run(List.of(FastOpenAgent.class), "-Djava.nio.channels.spi.SelectorProvider=sun.nio.ch.EPollSelectorProvider",
            "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED");

        // then
        assertThat(child.output()).containsExactly(OF_THE_JDK);
        assertThat(child.errors()).isEmpty();
    }

    private ChildJvm.Result run(List<Class<?>> agents, String... options) throws Exception {
        List<String> all = new ArrayList<>(List.of(options));
        for (Class<?> agent : agents) {
            all.add(AgentJar.option(agent, folder));
        }
        all.add("-cp");
        all.add(ChildJvm.classPath() + ":" + Path.of(ClassReader.class.getProtectionDomain().getCodeSource().getLocation().toURI()));
        return ChildJvm.runWithoutSwitch(ChildMain.class, folder, all);
    }

    private static final class DoesNothing {
        public static void main(String[] arguments) {
            // The agent was there before.
        }
    }

    /** An agent that uses channels. */
    static final class OpensASelector {
        public static void premain(String options, Instrumentation instrumentation) throws Exception {
            Selector.open().close();
        }
    }

    /** An agent that makes a class file of ours one that no JVM takes. */
    static final class SpoilsAClass implements ClassFileTransformer {
        public static void premain(String options, Instrumentation instrumentation) {
            instrumentation.addTransformer(new SpoilsAClass());
        }

        @Override
        public byte[] transform(ClassLoader loader, String name, Class<?> redefined, ProtectionDomain domain, byte[] classFile) {
            return "io/github/niofastopen/linux/NativeLibrary".equals(name) ? new byte[1] : null;
        }
    }

    /** Our agent in a JVM that can do nothing of what it asks for (src/java.instrument, createThrowableFromJVMTIErrorCode). */
    static final class MeetsFaultsOfTheJvm implements InvocationHandler {
        public static void premain(String options, Instrumentation instrumentation) {
            FastOpenAgent.premain(options, (Instrumentation) Proxy.newProxyInstance(MeetsFaultsOfTheJvm.class.getClassLoader(),
                new Class<?>[] {Instrumentation.class}, new MeetsFaultsOfTheJvm()));
        }

        @Override
        public Object invoke(Object proxy, Method method, Object[] arguments) {
            throw new InternalError("of " + method.getName());
        }
    }

    /** An agent that lets no class outside the JDK be a selector provider, as those do that confine parts of an application. */
    static final class RefusesProviders {
        /** Where the low byte of a class file's major version is. */
        private static final int VERSION = 7;

        public static void premain(String options, Instrumentation instrumentation) throws Exception {
            try (InputStream original = Object.class.getResourceAsStream("/java/nio/channels/spi/SelectorProvider.class")) {
                byte[] classFile = original.readAllBytes();
                byte version = classFile[VERSION];
                // ASM refuses those of JDKs that it doesn't know yet
                classFile[VERSION] = Opcodes.V17;
                ClassReader reader = new ClassReader(classFile);
                ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_FRAMES);
                reader.accept(new Refusing(writer), 0);
                byte[] refusing = writer.toByteArray();
                refusing[VERSION] = version;
                instrumentation.redefineClasses(new ClassDefinition(SelectorProvider.class, refusing));
            }
        }
    }

    private static final class Refusing extends ClassVisitor {
        Refusing(ClassVisitor next) {
            super(Opcodes.ASM9, next);
        }

        @Override
        public MethodVisitor visitMethod(int access, String name, String descriptor, String signature, String[] exceptions) {
            MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
            return name.equals("<init>") ? new RefusingAtTheEnd(next) : next;
        }
    }

    /** {@code if (getClass().getModule() != Object.class.getModule()) throw new IllegalStateException("not entitled")}. */
    private static final class RefusingAtTheEnd extends MethodVisitor {
        RefusingAtTheEnd(MethodVisitor next) {
            super(Opcodes.ASM9, next);
        }

        @Override
        public void visitInsn(int opcode) {
            if (opcode == Opcodes.RETURN) {
                Label allowed = new Label();
                visitVarInsn(Opcodes.ALOAD, 0);
                visitMethodInsn(Opcodes.INVOKEVIRTUAL, "java/lang/Object", "getClass", "()Ljava/lang/Class;", false);
                visitMethodInsn(Opcodes.INVOKEVIRTUAL, "java/lang/Class", "getModule", "()Ljava/lang/Module;", false);
                visitLdcInsn(com.tngtech.archunit.thirdparty.org.objectweb.asm.Type.getObjectType("java/lang/Object"));
                visitMethodInsn(Opcodes.INVOKEVIRTUAL, "java/lang/Class", "getModule", "()Ljava/lang/Module;", false);
                visitJumpInsn(Opcodes.IF_ACMPEQ, allowed);
                visitTypeInsn(Opcodes.NEW, "java/lang/IllegalStateException");
                visitInsn(Opcodes.DUP);
                visitLdcInsn("not entitled");
                visitMethodInsn(Opcodes.INVOKESPECIAL, "java/lang/IllegalStateException", "<init>", "(Ljava/lang/String;)V", false);
                visitInsn(Opcodes.ATHROW);
                visitLabel(allowed);
            }
            super.visitInsn(opcode);
        }
    }
}
