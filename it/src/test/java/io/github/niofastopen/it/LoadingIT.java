// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.niofastopen.it.program.ClassesOfJar;
import io.github.niofastopen.it.program.LateRecording;
import io.github.niofastopen.it.program.LoadedLibrary;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From where the native library is loaded, on file systems of all kinds. */
class LoadingIT {
    private static final String LIBRARY = "libniofastopen.so";
    private static final String PROGRAMS = ExecutableJar.locationOf(LoadedLibrary.class).toString();
    private static final String OURS = "FastOpenSocketChannel ";
    private static final int CONCURRENT = 8;

    @TempDir
    Path folder;

    @Test
    void itIsLoadedFromAPrivateCopyWhichIsGoneAtOnce() throws IOException {
        // when
        List<String> printed = output(java(Activation.PROVIDER_JAR, "-Djava.io.tmpdir=" + folder));

        // then
        assertThat(printed).singleElement().asString()
            .matches(OURS + folder + "/nio-fastopen-[0-9]{10,}/" + LIBRARY + " \\(deleted\\)");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void manyJvmsMayStartAtATime() throws IOException {
        // when
        List<Process> started = new ArrayList<>();
        for (int i = 0; i < CONCURRENT; i++) {
            started.add(start(java(Activation.PROVIDER_JAR, "-Djava.io.tmpdir=" + folder)));
        }

        // then
        for (Process process : started) {
            assertThat(lines(process)).singleElement().asString().startsWith(OURS + folder);
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void whereTheTemporaryFolderIsNoexecAnotherServes() throws IOException {
        // when
        List<String> printed = output(mounted("noexec", List.of(folder.toString()),
            java(Activation.PROVIDER_JAR, "-Djava.io.tmpdir=" + folder)));

        // then
        assertThat(printed).singleElement().asString().startsWith(OURS + "/var/tmp/nio-fastopen-");
    }

    @Test
    void whereTheTemporaryFolderIsReadOnlyAnotherServes() throws IOException {
        // when
        List<String> printed = output(mounted("ro", List.of(folder.toString()),
            java(Activation.PROVIDER_JAR, "-Djava.io.tmpdir=" + folder)));

        // then
        assertThat(printed).singleElement().asString().startsWith(OURS + "/var/tmp/nio-fastopen-");
    }

    @Test
    void whereNoFolderServesTheJdkDoesAndOneLineSaysWhatIsWrongWithEach() throws IOException {
        // when
        List<String> printed = output(mounted("noexec", List.of(folder.toString(), "/var/tmp", "/dev/shm"),
            java(Activation.PROVIDER_JAR, "-Djava.io.tmpdir=" + folder)));

        // then
        assertThat(printed).last().asString().startsWith("SocketChannelImpl ");
        assertThat(warnings(printed)).singleElement().asString().contains("can't be loaded from " + folder).contains("can't be loaded from /var/tmp")
            .contains("can't be loaded from /dev/shm").contains("noexec").contains("-Dniofastopen.native.dir=DIR");
    }

    @Test
    void theFolderThatIsNamedIsTheOnlyOne() throws IOException {
        // when
        List<String> printed = output(mounted("noexec", List.of(folder.toString()),
            java(Activation.PROVIDER_JAR, "-Dniofastopen.native.dir=" + folder)));

        // then
        assertThat(printed).last().asString().startsWith("SocketChannelImpl ");
        assertThat(warnings(printed)).singleElement().asString().contains("can't be loaded from " + folder).doesNotContain("/var/tmp");
    }

    @Test
    void besideTheJarItIsLoadedFromWhereItLies() throws IOException {
        // given
        Path jar = Files.copy(Path.of(Activation.PROVIDER_JAR), folder.resolve("nio-fastopen.jar"));
        extractLibraryTo(folder);

        // when: there is no other folder
        List<String> printed = output(mounted("noexec", List.of("/var/tmp", "/dev/shm"),
            java(jar.toString(), "-Djava.io.tmpdir=/dev/shm")));

        // then
        assertThat(printed).containsExactly(OURS + folder.toRealPath().resolve(LIBRARY));
    }

    @Test
    void inTheFolderThatIsNamedItIsLoadedFromWhereItLies() throws IOException {
        // given
        extractLibraryTo(folder);

        // when
        List<String> printed = output(java(Activation.PROVIDER_JAR, "-Dniofastopen.native.dir=" + folder));

        // then
        assertThat(printed).containsExactly(OURS + folder.toRealPath().resolve(LIBRARY));
        assertThat(folder.resolve(LIBRARY)).exists();
    }

    @Test
    void anotherLibraryOfTheSameNameIsLeftAlone() throws IOException {
        // given
        Path file = extractLibraryTo(folder);
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 1]++;
        Files.write(file, bytes);

        // when
        List<String> printed = output(java(Activation.PROVIDER_JAR, "-Dniofastopen.native.dir=" + folder));

        // then
        assertThat(printed).singleElement().asString().startsWith(OURS + folder + "/nio-fastopen-").endsWith("(deleted)");
        assertThat(file).hasBinaryContent(bytes);
    }

    /** By what the JVM logs of the class behind the door: who has defined it. */
    @Test
    void theDoorOpensByJniWithTheAgentToo() throws IOException {
        // given
        String log = "-Xlog:class+load";

        // when
        List<String> byAgent = output(command(log, "-javaagent:" + Activation.PROVIDER_JAR, "-cp", PROGRAMS));
        List<String> bySwitch = output(java(Activation.PROVIDER_JAR, log));

        // then: in a package that an agent opens it would be MethodHandles.Lookup, which costs a cold JVM more
        assertThat(byAgent).anyMatch(line -> line.startsWith(OURS));
        assertThat(sourceOfBridge(byAgent)).isEqualTo("instance of io.github.niofastopen.door.JdkModule");
        assertThat(bySwitch).anyMatch(line -> line.startsWith(OURS));
        assertThat(sourceOfBridge(bySwitch)).isEqualTo("instance of io.github.niofastopen.door.JdkModule");
    }

    /**
     * As logging frameworks do with the classes of a stack trace. They know what it means that there is no such class; any other error
     * is thrown into the application.
     */
    @Test
    void toAnApplicationsLoaderEachOfOurClassesIsThereOrIsnt() throws IOException {
        // given
        List<String> command = command("-javaagent:" + Activation.PROVIDER_JAR, "-cp", PROGRAMS);
        command.set(command.size() - 1, ClassesOfJar.class.getName());
        command.add(Activation.PROVIDER_JAR);

        // when
        List<String> printed = output(command);

        // then
        assertThat(printed).filteredOn(line -> !line.endsWith(" is there")).isEmpty();
        assertThat(printed).contains("io.github.niofastopen.channel.FastOpenChannels is there")
            .doesNotContain("io.github.niofastopen.channel.FastOpenSocketChannel is there");
    }

    /** A package that is defined before the loader has sealed it would be refused to the loader, when it needs another class of it. */
    @Test
    void fromASealedJarAConnectionIsMadeAsFromAnyOther() throws Exception {
        // given
        Path sealed = Files.copy(Path.of(Activation.PROVIDER_JAR), folder.resolve("sealed.jar"));
        Path manifest = Files.writeString(folder.resolve("manifest"), "Sealed: true\n");
        ToolProvider.findFirst("jar").orElseThrow()
            .run(System.out, System.err, "--update", "--file", sealed.toString(), "--manifest", manifest.toString());

        // when: to an address of this machine, which is left alone
        List<String> command = java(sealed.toString());
        command.set(command.size() - 1, LateRecording.class.getName());
        List<String> printed = output(command);

        // then
        assertThat(printed).contains("connected unrecorded", "connected recorded").noneMatch(line -> line.contains("Exception"));
    }

    private static String sourceOfBridge(List<String> printed) {
        String loaded = " sun.nio.ch.SocketChannelBridge source: ";
        List<String> lines = printed.stream().filter(line -> line.contains(loaded)).toList();
        assertThat(lines).hasSize(1);
        return lines.get(0).substring(lines.get(0).indexOf(loaded) + loaded.length());
    }

    /** Both cost a cold JVM more than all else that a first connect does. */
    @Test
    void theFlightRecorderIsLeftAloneUntilSomebodyRecordsAndNoRecordIsLinked() throws IOException {
        // when: a connection, then one that is recorded
        List<String> command = new ArrayList<>(java(Activation.PROVIDER_JAR, "-Xlog:class+load", "-Dniofastopen.loopback=true",
            "-Dniofastopen.defer=always"));
        command.set(command.size() - 1, LateRecording.class.getName());
        List<String> printed = output(command);

        // then
        assertThat(printed).filteredOn(line -> line.startsWith("connected ") || line.startsWith("recorded "))
            .containsExactly("connected unrecorded", "connected recorded", "recorded 1");
        List<String> unrecorded = printed.subList(0, printed.indexOf("connected unrecorded"));
        assertThat(unrecorded).anyMatch(line -> line.contains(" io.github.niofastopen.attempt.Attempt "))
            .noneMatch(line -> line.contains(" jdk.jfr.internal.") || line.contains(" java.lang.runtime.ObjectMethods "));
    }

    @Test
    void theAgentTakesNoOptionsAndSaysSo() throws IOException {
        // when
        List<String> printed = output(command("-javaagent:" + Activation.PROVIDER_JAR + "=window=5", "-cp", PROGRAMS));

        // then
        assertThat(printed).hasSize(2).last().asString().startsWith(OURS);
        assertThat(printed.get(0)).startsWith("WARNING: nio-fastopen: the agent takes no options, \"window=5\" is ignored");
    }

    @Test
    void aModuleThatIsDeniedNativeAccessNamesItsOwnFlag() throws IOException {
        assumeTrue(Runtime.version().feature() >= 24, "native access is denied by flag from JDK 24 on");

        // when
        List<String> printed = output(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--illegal-native-access=deny", "-Djava.util.logging.SimpleFormatter.format=%4$s: %5$s%n", Activation.SWITCH,
            "-p", Activation.PROVIDER_JAR, "--add-modules", "io.github.niofastopen", "-cp", PROGRAMS,
            LoadedLibrary.class.getName()));

        // then
        assertThat(warnings(printed)).singleElement().asString()
            .endsWith("start it with --enable-native-access=io.github.niofastopen");
    }

    private static Path extractLibraryTo(Path folder) throws IOException {
        String name = "META-INF/native/linux-" + System.getProperty("os.arch").replace("amd64", "x86_64") + "/" + LIBRARY;
        Path file = folder.resolve(LIBRARY);
        try (JarFile jar = new JarFile(Activation.PROVIDER_JAR); InputStream library = jar.getInputStream(jar.getEntry(name))) {
            Files.copy(library, file);
        }
        return file;
    }

    private static List<String> java(String jar, String... options) {
        List<String> all = new ArrayList<>(List.of(options));
        all.addAll(List.of(Activation.SWITCH, "-cp", jar + ":" + PROGRAMS));
        return command(all.toArray(String[]::new));
    }

    private static List<String> command(String... options) {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:-UsePerfData", "-Djava.util.logging.SimpleFormatter.format=%4$s: %5$s%n"));
        if (Runtime.version().feature() >= 22) {
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        command.addAll(List.of(options));
        command.add(LoadedLibrary.class.getName());
        return command;
    }

    /** Runs a command in a mount namespace of its own, in which folders are file systems of that kind. */
    private static List<String> mounted(String option, List<String> folders, List<String> command) throws IOException {
        Process check = start(List.of("unshare", "-rm", "mount", "-t", "tmpfs", "none", "/var/tmp"));
        List<String> complaints = lines(check);
        assumeTrue(complaints.isEmpty(), () -> "no file system can be mounted here: " + complaints);
        StringBuilder script = new StringBuilder();
        folders.forEach(name -> script.append("mount -t tmpfs -o ").append(option).append(" none ").append(name).append("; "));
        List<String> words = new ArrayList<>(List.of("unshare", "-rm", "sh", "-e", "-c", script + "exec \"$@\"", "sh"));
        words.addAll(command);
        return words;
    }

    /** Those of the provider; the JVM has its own. */
    private static List<String> warnings(List<String> printed) {
        return printed.stream().filter(line -> line.startsWith("WARNING: nio-fastopen: TCP Fast Open is off")).toList();
    }

    private static List<String> output(List<String> command) throws IOException {
        return lines(start(command));
    }

    private static Process start(List<String> command) throws IOException {
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    private static List<String> lines(Process process) throws IOException {
        return new String(process.getInputStream().readAllBytes()).lines().toList();
    }
}
