// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.net.Socket;
import java.net.SocketException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link Socket} in a JVM that was started with the agent, alone or among others. */
class BlockingSocketsTest {
    private static final String OURS = "FastOpenSocketImpl Socket hello";
    private static final String OF_THE_JDK = "NioSocketImpl Socket hello";
    private static final String WITH_CHANNELS = "NioSocketImpl SocketAdaptor hello";
    private static final String OFF = "WARNING: nio-fastopen: TCP Fast Open is off for java.net.Socket, whose connections are the JDK's own: ";

    @TempDir
    Path folder;

    @Test
    void itUsesOursAndNothingIsSaid() throws Exception {
        // when
        ChildJvm.Result child = run(List.of(FastOpenAgent.class));

        // then
        assertThat(child.output()).containsExactly(OURS);
        assertThat(child.errors()).isEmpty();
    }

    @Test
    void withoutTheAgentItIsTheJdksAndTheFactoryHandsOutChannels() throws Exception {
        // when
        ChildJvm.Result child = run(List.of(), "-Djava.nio.channels.spi.SelectorProvider=" + FastOpenSelectorProvider.class.getName());

        // then
        assertThat(child.output()).containsExactly(WITH_CHANNELS);
    }

    @Test
    void whereItIsSwitchedOffItIsTheJdksAndTheFactoryHandsOutChannels() throws Exception {
        // when
        ChildJvm.Result child = run(List.of(FastOpenAgent.class), "-Dniofastopen.sockets=false");

        // then
        assertThat(child.output()).containsExactly(WITH_CHANNELS);
        assertThat(child.errors()).isEmpty();
    }

    @Test
    void whereAllIsSwitchedOffItIsTheJdks() throws Exception {
        // when
        ChildJvm.Result child = run(List.of(FastOpenAgent.class), "-Dniofastopen.enabled=false");

        // then
        assertThat(child.output()).containsExactly(OF_THE_JDK);
        assertThat(child.errors()).isEmpty();
    }

    @Test
    void whereItWasLoadedBeforeItIsChangedAllTheSame() throws Exception {
        // when
        ChildJvm.Result child = run(List.of(UsesASocket.class, FastOpenAgent.class));

        // then
        assertThat(child.output()).containsExactly(OURS);
        assertThat(child.errors()).isEmpty();
    }

    @Test
    void whereChannelsOfOursWereOpenedBeforeItUsesOurs() throws Exception {
        // when
        ChildJvm.Result child = run(List.of(OpensAChannel.class, FastOpenAgent.class),
            "-Djava.nio.channels.spi.SelectorProvider=" + FastOpenSelectorProvider.class.getName());

        // then
        assertThat(child.output()).containsExactly(OURS);
        assertThat(child.errors()).isEmpty();
    }

    @Test
    void anAgentThatTransformsItLaterBeginsWithOurs() throws Exception {
        // when
        ChildJvm.Result child = run(List.of(FastOpenAgent.class, TransformsSockets.class));

        // then
        assertThat(child.output()).containsExactly("transformed", OURS);
        assertThat(child.errors()).isEmpty();
    }

    @Test
    void anAgentThatTransformedItBeforeTransformsOurs() throws Exception {
        // when
        ChildJvm.Result child = run(List.of(TransformsSockets.class, FastOpenAgent.class));

        // then
        assertThat(child.output()).contains("transformed").endsWith(OURS);
        assertThat(child.errors()).isEmpty();
    }

    /** JDK 17 begins again with what the class was when it was transformed first, and forgets what it was made since. */
    @Test
    void anAgentThatTransformedItBeforeAndTransformsItAgainLeavesItOurs() throws Exception {
        // when
        ChildJvm.Result child = run(List.of(TransformsSockets.class, FastOpenAgent.class, TransformsSocketsAgain.class));

        // then
        assertThat(child.output()).contains("transformed").endsWith(OURS);
        assertThat(child.errors()).isEmpty();
    }

    /** What it adds, a call that is counted for example, would be there twice. */
    @Test
    void whatAnAgentThatWasThereBeforeMakesOfItIsMadeOnce() throws Exception {
        // when
        ChildJvm.Result child = ChildJvm.runWithoutSwitch(ClosedSocketMain.class, folder,
            options(List.of(AddsToAMessage.class, FastOpenAgent.class)));

        // then
        assertThat(child.output()).containsExactly("Socket is closed!");
        assertThat(child.errors()).isEmpty();
    }

    @Test
    void anApplicationsOwnFactoryIsAsked() throws Exception {
        // when
        ChildJvm.Result child = ChildJvm.runWithoutSwitch(SocketMain.class, folder, options(List.of(FastOpenAgent.class)), "factory");

        // then
        assertThat(child.output()).containsExactly(OURS + " own factory");
    }

    @Test
    void whereTheLibraryCannotBeLoadedItIsTheJdksAndOneLineSaysSo() throws Exception {
        // when
        ChildJvm.Result child = run(List.of(FastOpenAgent.class), "-Dniofastopen.native.dir=" + folder.resolve("missing"));

        // then
        assertThat(child.output()).containsExactly(OF_THE_JDK);
        assertThat(child.errors()).filteredOn(line -> line.startsWith(OFF)).singleElement().asString().contains("native library");
        assertThat(child.exitCode()).isZero();
    }

    /** A working directory where nothing can be copied to, and which must not be taken for the folder. */
    @ParameterizedTest
    @ValueSource(strings = {"", "  "})
    void aBlankFolderForTheLibraryIsNone(String name) throws Exception {
        // when
        ChildJvm.Result child = run(List.of(FastOpenAgent.class), "-Dniofastopen.native.dir=" + name, "-Duser.dir=/proc");

        // then
        assertThat(child.output()).containsExactly(OURS);
        assertThat(child.errors()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s", " %s "})
    void aRelativeFolderForTheLibraryServesWithBlanksAroundToo(String name) throws Exception {
        // given
        Path relative = Path.of("").toAbsolutePath().relativize(folder.toRealPath());

        // when
        ChildJvm.Result child = run(List.of(FastOpenAgent.class), "-Dniofastopen.native.dir=" + String.format(name, relative));

        // then
        assertThat(child.output()).containsExactly(OURS);
        assertThat(child.errors()).isEmpty();
    }

    @Test
    void anotherProviderIsNoReasonToLeaveIt() throws Exception {
        // when
        ChildJvm.Result child = run(List.of(FastOpenAgent.class), "-Djava.nio.channels.spi.SelectorProvider=sun.nio.ch.EPollSelectorProvider",
            "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED");

        // then
        assertThat(child.output()).containsExactly(OURS);
        assertThat(child.errors()).isEmpty();
    }

    private ChildJvm.Result run(List<Class<?>> agents, String... options) throws Exception {
        return ChildJvm.runWithoutSwitch(SocketMain.class, folder, options(agents, options));
    }

    private List<String> options(List<Class<?>> agents, String... options) throws Exception {
        List<String> all = new ArrayList<>(List.of(options));
        all.add("--add-opens=java.base/java.net=ALL-UNNAMED");
        for (Class<?> agent : agents) {
            all.add(AgentJar.option(agent, folder));
        }
        return all;
    }

    /** An agent that has made a connection, or something like it. */
    static final class UsesASocket {
        public static void premain(String options, Instrumentation instrumentation) throws Exception {
            new Socket().close();
        }
    }

    /** An agent that uses channels. */
    static final class OpensAChannel {
        public static void premain(String options, Instrumentation instrumentation) throws Exception {
            SocketChannel.open().close();
        }
    }

    /** The agent of {@link TransformsSockets}, later. */
    static final class TransformsSocketsAgain {
        public static void premain(String options, Instrumentation instrumentation) throws Exception {
            TransformsSockets.instrumentation.retransformClasses(Socket.class);
        }
    }

    /** An agent that adds an exclamation mark to the message of a socket that is closed. */
    static final class AddsToAMessage implements ClassFileTransformer {
        private static final String MESSAGE = "Socket is closed";

        public static void premain(String options, Instrumentation instrumentation) throws Exception {
            instrumentation.addTransformer(new AddsToAMessage(), true);
            instrumentation.retransformClasses(Socket.class);
        }

        @Override
        public byte[] transform(ClassLoader loader, String name, Class<?> type, ProtectionDomain domain, byte[] classFile) {
            return type == Socket.class ? withAMarkMore(classFile) : null;
        }

        /** CONSTANT_Utf8 has two bytes for its length before its text (JVMS 4.4.7). */
        private static byte[] withAMarkMore(byte[] classFile) {
            String before = new String(classFile, StandardCharsets.ISO_8859_1);
            int text = before.indexOf(MESSAGE);
            int length = before.charAt(text - 1);
            String longer = before.substring(0, text - 1) + (char) (length + 1) + before.substring(text, text + length) + "!"
                + before.substring(text + length);
            return longer.getBytes(StandardCharsets.ISO_8859_1);
        }
    }

    /** Prints what a socket that is closed says. */
    static final class ClosedSocketMain {
        public static void main(String[] arguments) throws IOException {
            Socket socket = new Socket();
            socket.close();
            try {
                socket.getInputStream();
            } catch (SocketException e) {
                System.out.println(e.getMessage());
            }
        }
    }

    /** An agent that transforms what it is shown, to the same, and goes on to. */
    static final class TransformsSockets implements ClassFileTransformer {
        private static Instrumentation instrumentation;

        public static void premain(String options, Instrumentation given) throws Exception {
            instrumentation = given;
            instrumentation.addTransformer(new TransformsSockets(), true);
            instrumentation.retransformClasses(Socket.class);
        }

        @Override
        public byte[] transform(ClassLoader loader, String name, Class<?> type, ProtectionDomain domain, byte[] classFile) {
            boolean seen = type == Socket.class;
            if (seen) {
                System.out.println("transformed");
            }
            return seen ? classFile.clone() : null;
        }
    }
}
