// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a JVM started with the switch does and says, each in a process of its own. */
class StartupTest {
    private static final String OURS = "FastOpenSelectorProvider FastOpenSocketChannel hello hello"
        + " FastOpenSocketChannel ServerSocketChannelImpl";
    private static final String OF_THE_JDK = "FastOpenSelectorProvider SocketChannelImpl hello hello"
        + " SocketChannelImpl ServerSocketChannelImpl";

    private static final String OURS_BEGINS = "io.github.niofastopen.";
    private static final String OWN_CLASSES = OURS_BEGINS + "linux.OwnClasses";

    @TempDir
    Path folder;

    @Test
    void withTheSwitchAloneTheChannelsAreOursAndNothingIsSaid() throws Exception {
        ChildJvm.Result child = ChildJvm.run(folder);

        assertThat(child.output()).containsExactly(OURS);
        assertThat(child.errors()).isEmpty();
        assertThat(child.exitCode()).isZero();
    }

    /** Its first use costs a cold JVM some 20 ms. */
    @Test
    void aStartNeedsNoSecureRandom() throws Exception {
        Path log = folder.resolve("loaded");

        ChildJvm.Result child = ChildJvm.runMain(OpensAChannel.class, folder, "-Xlog:class+load:file=" + log);

        assertThat(child.exitCode()).isZero();
        assertThat(Files.readString(log)).contains(FastOpenSelectorProvider.class.getName() + " ")
            .contains("io.github.niofastopen.channel.FastOpenSocketChannel ")
            .doesNotContain("java.security.SecureRandom ");
    }

    /** The handlers of {@code jar:} URLs cost a cold JVM 5 to 10 ms. */
    @Test
    void whatLiesInTheJarIsReadWithoutAUrl() throws Exception {
        Path log = folder.resolve("loaded");

        ChildJvm.Result child = ChildJvm.run(folder, "-cp", ChildJvm.classPathWithJar(folder.resolve("a jar.jar")),
            "-Xlog:class+load:file=" + log);

        assertThat(child.output()).containsExactly(OURS);
        assertThat(child.errors()).isEmpty();
        assertThat(Files.readString(log)).containsPattern("niofastopen.FastOpenSelectorProvider source: file:.*/a%20jar.jar")
            .doesNotContain("sun.net.www.protocol.jar.JarURLConnection ");
    }

    /** A class path's loader takes three times as long for a class. */
    @Test
    void whatAStartNeedsIsDefinedAtOnceAndNothingElseIsLoadedThen() throws Exception {
        // when
        List<String> loaded = loaded("-cp", ChildJvm.classPathWithJar(folder.resolve("a.jar")));

        // then
        List<String> atOnce = new ArrayList<>(startClasses("library"));
        atOnce.addAll(startClasses("start"));
        List<String> since = ours(loaded.subList(loaded.indexOf(OWN_CLASSES) + 1, loaded.size()));
        assertThat(since).containsExactlyElementsOf(atOnce);
        assertThat(ours(loaded)).as("classes of a start").hasSizeLessThanOrEqualTo(85);
    }

    @Test
    void whereAnArchiveHasTheClassesNoneIsDefinedOtherwise() throws Exception {
        // given
        String jars = ChildJvm.classPathWithJar(folder.resolve("a.jar"), folder.resolve("main.jar"));
        Path archive = folder.resolve("archive");
        loaded("-cp", jars, "-XX:ArchiveClassesAtExit=" + archive, "-Xlog:cds=off", "-Xlog:cds+dynamic=off");
        assumeThat(archive).exists();

        // when
        List<String> loaded = loadedFrom("shared objects file", "-cp", jars, "-XX:SharedArchiveFile=" + archive);

        // then
        assertThat(loaded).contains(OWN_CLASSES).containsAll(startClasses("library")).contains(startClasses("start").get(0));
    }

    /** Lambdas, method handles, calls by reflection: each costs a cold JVM 1 to 7 ms. */
    @Test
    void aStartHasTheJvmMakeNoCode() throws Exception {
        // given
        Path log = folder.resolve("loaded without the switch");
        ChildJvm.runWithoutSwitch(OpensAChannel.class, folder, List.of("-Xlog:class+load:file=" + log + ":none"));
        List<String> jdk = madeCode(names(log, ""));

        // when
        List<String> ours = madeCode(loaded("-cp", ChildJvm.classPathWithJar(folder.resolve("a.jar"))));

        // then
        assertThat(ours).hasSizeLessThanOrEqualTo(jdk.size());
    }

    @Test
    void aServerQueueOnTheServerAndAlwaysOnTheClientServeLoopback() throws Exception {
        ChildJvm.Result child = ChildJvm.run(folder, "-Dniofastopen.server.queue=16", "-Dniofastopen.loopback=true",
            "-Dniofastopen.defer=always", "-Dniofastopen.window=20");

        assertThat(child.output()).containsExactly(OURS);
        assertThat(child.errors()).isEmpty();
        assertThat(child.exitCode()).isZero();
    }

    @Test
    void whereItIsDisabledTheChannelsAreTheJdksAndNothingIsSaid() throws Exception {
        ChildJvm.Result child = ChildJvm.run(folder, "-Dniofastopen.enabled=false");

        assertThat(child.output()).containsExactly(OF_THE_JDK);
        assertThat(child.errors()).isEmpty();
        assertThat(child.exitCode()).isZero();
    }

    @Test
    void whereTheJdksProviderIsExportedADisabledOneLoadsNoLibrary() throws Exception {
        ChildJvm.Result child = ChildJvm.run(folder, "-Dniofastopen.enabled=false",
            "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED");

        assertThat(child.output()).containsExactly(OF_THE_JDK);
        assertThat(child.errors()).isEmpty();
        assertThat(child.errorsOfTheJvm()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"/proc", "/dev/null", "/nowhere/at/all", "/dev/null/below"})
    void whereTheLibraryCannotBeCopiedTheJdkServesAndOneLineSaysWhyAndWhatHelps(String nativeDir) throws Exception {
        ChildJvm.Result child = ChildJvm.run(folder, "-Dniofastopen.native.dir=" + nativeDir);

        assertThat(child.output()).containsExactly(OF_THE_JDK);
        assertThat(warnings(child)).singleElement().asString()
            .startsWith("WARNING: nio-fastopen: TCP Fast Open is off, connections are the JDK's own: ")
            .contains("the native library can't be copied to " + nativeDir)
            .endsWith("name a folder that can be written to and isn't mounted noexec with -Dniofastopen.native.dir=DIR");
        assertThat(child.exitCode()).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aRelativeOrBlankFolderServesToo(boolean named) throws Exception {
        Path relative = Path.of("").toAbsolutePath().relativize(folder.toRealPath());

        ChildJvm.Result child = ChildJvm.run(folder, "-Dniofastopen.native.dir=" + (named ? relative : ""));

        assertThat(child.output()).containsExactly(OURS);
        assertThat(child.errors()).isEmpty();
    }

    @Test
    @EnabledForJreRange(minVersion = 24)
    void whereNativeAccessIsDeniedTheJdkServesAndOneLineNamesTheFlag() throws Exception {
        ChildJvm.Result child = ChildJvm.run(folder, "--illegal-native-access=deny");

        assertThat(child.output()).containsExactly(OF_THE_JDK);
        assertThat(warnings(child)).singleElement().asString()
            .startsWith("WARNING: nio-fastopen: TCP Fast Open is off").contains("--enable-native-access");
        assertThat(child.exitCode()).isZero();
    }

    @Test
    void aFolderInWhichOthersMayRenameIsRefusedAndTheNextOneServes() throws Exception {
        // given
        Path open = Files.createDirectory(folder.resolve("open"));
        Files.setAttribute(open, "unix:mode", 0777);

        // when
        ChildJvm.Result named = ChildJvm.run(folder, "-Dniofastopen.native.dir=" + open);
        ChildJvm.Result byDefault = ChildJvm.run(folder, "-Djava.io.tmpdir=" + open);

        // then
        assertThat(named.output()).containsExactly(OF_THE_JDK);
        assertThat(warnings(named)).singleElement().asString().contains("can't be copied to " + open)
            .contains(open + ": other users may write to it, and rename what lies there");
        assertThat(byDefault.output()).containsExactly(OURS);
        assertThat(byDefault.errors()).isEmpty();
    }

    @Test
    void theLibraryIsCopiedToTheFolderThatIsNamedAndDeletedAgain() throws Exception {
        Path named = Files.createDirectory(folder.resolve("native library"));

        ChildJvm.Result child = ChildJvm.run(folder, "-Dniofastopen.native.dir=" + named);

        assertThat(child.output()).containsExactly(OURS);
        assertThat(named).isEmptyDirectory();
    }

    @Test
    void anArchitectureThatTheJarWasNotBuiltForIsNamed() throws Exception {
        ChildJvm.Result child = ChildJvm.run(folder, "-Dos.arch=riscv64");

        assertThat(child.output()).containsExactly(OF_THE_JDK);
        assertThat(warnings(child)).singleElement().asString()
            .endsWith("this jar was built without a native library for linux-riscv64; build it on such a machine, or take one that was");
        assertThat(child.exitCode()).isZero();
    }

    /** As where two versions of the jar have been mixed. */
    @Test
    void whereTheLibraryDoesNotFitTheClassesTheJdkServesAndOneLineSaysSo() throws Exception {
        // given: a class without the native methods that the library registers
        Path source = Files.writeString(folder.resolve("Netlink.java"), "package io.github.niofastopen.linux; class Netlink { }");
        Path classes = Files.createDirectory(folder.resolve("other"));
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, "-d", classes.toString(), source.toString())).isZero();

        // when
        ChildJvm.Result child = ChildJvm.run(folder, "-cp", classes + ":" + ChildJvm.classPath());

        // then
        assertThat(child.output()).containsExactly(OF_THE_JDK);
        assertThat(warnings(child)).singleElement().asString()
            .startsWith("WARNING: nio-fastopen: TCP Fast Open is off").contains("NoSuchMethodError");
        assertThat(child.exitCode()).isZero();
    }

    /** As where a new version takes the old one's place some time before the JVM is started again. */
    @Test
    void whereTheJarWasExchangedBeforeTheFirstChannelTheJdkServesAndOneLineSaysSo() throws Exception {
        // given
        Path jar = folder.resolve("a.jar");
        String classPath = ChildJvm.classPathWithJar(jar);
        Path another = Files.copy(jar, folder.resolve("another.jar"));
        try (FileSystem content = FileSystems.newFileSystem(another)) {
            Files.writeString(content.getPath("META-INF", "start", "build"), "nio-fastopen build 0123456789abcdef0123456789abcdef");
        }

        // when
        ChildJvm.Result child = ChildJvm.runMain(ExchangesItsJar.class, folder, "-cp", classPath, "-Djar=" + jar, "-Danother=" + another);

        // then
        assertThat(child.output()).containsExactly(OF_THE_JDK);
        assertThat(warnings(child)).singleElement().asString().isEqualTo("WARNING: nio-fastopen: TCP Fast Open is off, connections are"
            + " the JDK's own: the jar was exchanged for another under the running JVM; start the JVM again");
        assertThat(another).doesNotExist();
    }

    @Test
    void anUnusableValueIsSaidOnceAndReplaced() throws Exception {
        ChildJvm.Result child = ChildJvm.run(folder, "-Dniofastopen.window=x");

        assertThat(child.output()).containsExactly(OURS);
        assertThat(warnings(child)).singleElement().asString()
            .isEqualTo("WARNING: nio-fastopen: niofastopen.window=x is not a whole number from 1 to 60000 or auto; auto is used instead");
        assertThat(child.exitCode()).isZero();
    }

    /** The resolver of the child JVM is a file that has an address for the text. */
    @Test
    void noResolverIsAskedForWhatLooksLikeAnAddress() throws Exception {
        Path hosts = Files.writeString(folder.resolve("hosts"), "192.0.2.7 zzz:1:2\n");

        ChildJvm.Result child = ChildJvm.run(folder, "-Djdk.net.hosts.file=" + hosts, "-Dniofastopen.exclude=zzz:1:2");

        assertThat(warnings(child)).singleElement().asString().startsWith("WARNING: nio-fastopen: niofastopen.exclude=zzz:1:2 is not a list of host names");
        assertThat(child.output()).containsExactly(OURS);
    }

    /** The names of the classes that a JVM that opens a channel loads, in order. */
    private List<String> loaded(String... options) throws Exception {
        return loadedFrom("", options);
    }

    private List<String> loadedFrom(String source, String... options) throws Exception {
        Path log = folder.resolve("loaded");
        List<String> all = new ArrayList<>(List.of(options));
        all.add("-Xlog:class+load:file=" + log + ":none");
        ChildJvm.Result child = ChildJvm.runMain(OpensAChannel.class, folder, all.toArray(String[]::new));
        assertThat(child.exitCode()).isZero();
        return names(log, source);
    }

    private static List<String> names(Path log, String source) throws IOException {
        try (Stream<String> lines = Files.lines(log)) {
            return lines.filter(line -> line.contains(" source: " + source)).map(line -> line.substring(0, line.indexOf(' '))).toList();
        }
    }

    /** What isn't behind the door, whose loader is another. */
    private static List<String> ours(List<String> loaded) {
        return loaded.stream().filter(name -> name.startsWith(OURS_BEGINS) && !name.startsWith(OURS_BEGINS + "channel.")
            && !name.endsWith("$OpensAChannel")).toList();
    }

    private static List<String> madeCode(List<String> loaded) {
        return loaded.stream().filter(name -> name.contains("$$Lambda") || name.matches(".*LambdaForm\\$D?MH/.*")).toList();
    }

    private static List<String> startClasses(String bundle) throws IOException {
        List<String> names = new ArrayList<>();
        boolean within = false;
        for (String line : Files.readAllLines(Path.of("src/build/start-classes.txt"))) {
            if (line.startsWith("[")) {
                within = line.equals("[" + bundle + "]");
            } else if (within) {
                names.add(OURS_BEGINS + line);
            }
        }
        return names;
    }

    private static List<String> warnings(ChildJvm.Result child) {
        return child.errors().stream().filter(line -> line.startsWith("WARNING: ")).toList();
    }

    /** By a rename, when its loader has the jar open. */
    private static final class ExchangesItsJar {
        public static void main(String[] arguments) throws Exception {
            Class.forName("io.github.niofastopen.FastOpenSelectorProvider", false, ExchangesItsJar.class.getClassLoader());
            Files.move(Path.of(System.getProperty("another")), Path.of(System.getProperty("jar")), StandardCopyOption.REPLACE_EXISTING);
            ChildMain.main(arguments);
        }
    }

    private static final class OpensAChannel {
        public static void main(String[] arguments) throws Exception {
            SocketChannel.open().close();
        }
    }
}
