// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.niofastopen.it.lab.Certificate;
import io.github.niofastopen.it.lab.JavaProgram;
import io.github.niofastopen.it.lab.Lab;
import io.github.niofastopen.it.lab.LabRun;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the doctor says on machines that lack something, as somebody would run it who has just got the jar. */
@LabTest
class DoctorIT {
    private static final String JAR = System.getProperty("provider.jar");

    @TempDir
    Path folder;

    @Test
    void whereNothingIsMissingItSaysSo() throws IOException {
        // when
        LabRun run = run(doctor());

        // then: nor does the JVM say anything of native access
        assertThat(run.status()).as(run.toString()).isZero();
        assertThat(run.out()).endsWith("TCP Fast Open can work here.").noneMatch(line -> line.startsWith("STOPS"));
        assertThat(saidOf("connection", run)).startsWith("ok").contains("went well");
        assertThat(run.err()).noneMatch(line -> line.startsWith("WARNING"));
    }

    @Test
    @Tag("full")
    void inARunTimeImageOfJavaBaseAloneToo() throws IOException {
        // given
        Path image = folder.resolve("image");
        assertThat(ToolProvider.findFirst("jlink").orElseThrow()
            .run(System.out, System.err, "--add-modules", "java.base", "--output", image.toString())).isZero();

        assumeTrue(RunTimeImage.starts(image.resolve("bin/java")), "no image of this JDK starts on this machine");

        // when
        LabRun run = run(doctor().on(image));

        // then
        assertThat(run.status()).as(run.toString()).isZero();
        assertThat(run.out()).endsWith("TCP Fast Open can work here.");
        assertThat(saidOf("connection", run)).startsWith("ok").contains("went well");
        assertThat(run.err()).isEmpty();
    }

    @Test
    void whatThisJvmSendsFirstMustFindRoomInASyn() throws IOException {
        // given: the names of so many authorities in the ClientHello
        JavaProgram doctor = ManyAuthorities.trustedBy(doctor("-v"), Certificate.createIn(folder), folder);

        // when: on a path of Ethernet's MTU, and on one that has a larger one
        LabRun run = run(doctor);
        LabRun jumbo = run(Lab.path(Path50.RTT_MILLIS).option("--mtu", 9001), doctor);

        // then
        assertStopped(run, "ClientHello", "one SYN holds at most 1420 (IPv4 over ");
        assertThat(saidOf("ClientHello", run)).contains("certificate_authorities ").contains("-> an MTU of ");
        assertThat(jumbo.out()).as(jumbo.toString()).endsWith("TCP Fast Open can work here.");
        assertThat(saidOf("ClientHello", jumbo)).startsWith("ok").contains("one SYN holds 8901 (IPv6 over ");
    }

    @Test
    void aJvmThatMakesNoClientHelloIsToldSo() throws IOException {
        // when
        LabRun run = run(JavaProgram.jar(JAR).property("jdk.tls.namedGroups", "unheardOf").arguments("doctor"));

        // then
        assertThat(run.status()).as(run.toString()).isZero();
        assertThat(saidOf("ClientHello", run)).startsWith("note").contains("makes none: ").contains("jdk.tls.namedGroups");
    }

    @Test
    void aPostQuantumShareThatNoSynHoldsIsNamedWithWhatEachRemedyCostsInSecrecy() throws IOException {
        assumeTrue(Runtime.version().feature() >= 27, "sends no post-quantum share");

        // when
        LabRun run = run(JavaProgram.jar(JAR).arguments("doctor"));

        // then
        assertStopped(run, "ClientHello", "X25519MLKEM768 (1216)");
        assertThat(saidOf("ClientHello", run)).contains("-> java -javaagent:nio-fastopen.jar ... ", "post-quantum secrecy stays",
            "-> java -Djdk.tls.namedGroups=x25519,secp256r1,X25519MLKEM768,", "post-quantum secrecy is lost with servers that");
    }

    @Test
    void whereKeySharesArePredictedAPostQuantumShareStopsNothing() throws IOException {
        assumeTrue(Runtime.version().feature() >= 27, "sends no post-quantum share");

        // when
        LabRun run = run(JavaProgram.jar(JAR).option("-javaagent:" + JAR).arguments("doctor"));

        // then
        assertThat(run.status()).as(run.toString()).isZero();
        assertThat(saidOf("ClientHello", run)).startsWith("note").contains("this JVM predicts key shares");
    }

    @Test
    void inJsonItSaysTheSame() throws IOException {
        // when
        LabRun run = run(doctor("--json"));

        // then
        JsonNode answer = new ObjectMapper().readTree(String.join("\n", run.out()));
        assertThat(answer.get("works").asBoolean()).as(run.toString()).isTrue();
        assertThat(answer.get("findings").findValuesAsText("subject"))
            .contains("kernel", "sysctl", "native library", "door", "cookies", "system calls", "connection", "ClientHello");
        assertThat(run.status()).isZero();
    }

    @Test
    void aSettingOfSeveralDigitsIsToldWhole() throws IOException {
        // when
        LabRun run = run(Lab.path(Path50.RTT_MILLIS).nearSysctl(1027), doctor());

        // then
        assertThat(saidOf("sysctl", run)).as(run.toString()).startsWith("ok").contains("net.ipv4.tcp_fastopen = 1027:");
    }

    @Test
    void whereTheSysctlIsOffItTellsHowToSwitchItOn() throws IOException {
        // when
        LabRun run = run(Lab.path(Path50.RTT_MILLIS).nearSysctl(2), doctor());

        // then
        assertStopped(run, "sysctl", "net.ipv4.tcp_fastopen = 2: the client's side is switched off");
        assertThat(run.out()).anyMatch(line -> line.endsWith("-> sysctl -w net.ipv4.tcp_fastopen=3"));
    }

    @Test
    @Tag("full")
    void onAnotherArchitectureItNamesIt() throws IOException {
        // when
        LabRun run = run(doctor().property("os.arch", "riscv64"));

        // then
        assertStopped(run, "native library", "linux-riscv64");
    }

    @Test
    @Tag("full")
    void withoutANativeLibraryItSaysSo() throws IOException {
        // given
        Path bare = folder.resolve("bare.jar");
        copyWithoutLibrary(bare);

        // when
        LabRun run = run(JavaProgram.jar(bare.toString()).property("jdk.tls.namedGroups", "x25519,secp256r1").arguments("doctor"));

        // then
        assertStopped(run, "native library", "native library for linux-");
    }

    @ParameterizedTest
    @CsvSource({"noexec", "ro"})
    @Tag("full")
    void whereTheLibraryCannotBePutOrRunItNamesTheFolderAndTheProperty(String mountOption) throws IOException {
        // given: a folder mounted so, in a mount namespace of the program's own
        String mount = "mount -t tmpfs -o " + mountOption + " tmpfs " + folder + " && exec \"$@\"";

        // when
        LabRun run = run(doctor().property("niofastopen.native.dir", folder).startedBy("unshare", "-m", "sh", "-c", mount, "sh"));

        // then
        assertStopped(run, "native library", folder.toString());
        assertThat(run.out()).anyMatch(line -> line.contains("-> ") && line.contains("-Dniofastopen.native.dir=DIR"));
    }

    @ParameterizedTest
    @CsvSource({"fastopen-option, TCP_FASTOPEN_CONNECT", "tcp-info, TCP_INFO", "sendto, sendto(2)", "sendto-data, sendto(2) of data"})
    @Tag("full")
    void inASandboxItNamesTheCallThatIsRefused(String rule, String call) throws IOException {
        // when
        LabRun run = run(doctor().startedBy(System.getProperty("sandbox.program"), rule));

        // then
        assertStopped(run, "system calls", call);
        assertThat(saidOf("sandbox", run)).contains("a seccomp filter is in force");
        assertThat(run.out()).anyMatch(line -> line.contains("-> allow it in the seccomp profile"));
    }

    @Test
    @Tag("full")
    void whereTheKernelRefusesItIsNoSandbox() throws IOException {
        // when: as a kernel before 4.11 does, or gVisor
        LabRun run = run(doctor().startedBy(System.getProperty("sandbox.program"), "fastopen-option=92"));

        // then
        assertStopped(run, "system calls", "the kernel refuses setsockopt(2) of TCP_FASTOPEN_CONNECT: ENOPROTOOPT");
    }

    @Test
    @Tag("full")
    void aSandboxWithoutNetlinkHidesTheCookiesAlone() throws IOException {
        // when
        LabRun run = run(doctor().startedBy(System.getProperty("sandbox.program"), "netlink"));

        // then
        assertThat(run.status()).as(run.toString()).isZero();
        assertThat(saidOf("cookies", run)).startsWith("note").contains("EPERM");
    }

    private static void assertStopped(LabRun run, String subject, String text) {
        assertThat(run.status()).as(run.toString()).isEqualTo(1);
        assertThat(saidOf(subject, run)).as(run.toString()).startsWith("STOPS").contains(text);
        assertThat(run.out()).endsWith("TCP Fast Open can't work here: one finding stops it.");
    }

    /** The line of a finding with those that go on with it. */
    private static String saidOf(String subject, LabRun run) {
        StringBuilder said = new StringBuilder();
        boolean ofIt = false;
        for (String line : run.out()) {
            ofIt = line.startsWith(" ") ? ofIt : line.contains("  " + subject + " ");
            said.append(ofIt ? " " + line.strip() : "");
        }
        return said.toString().strip();
    }

    /** Its ClientHello finds room in a SYN, whatever this JDK's default. */
    private static JavaProgram doctor(String... options) {
        return JavaProgram.jar(JAR).property("jdk.tls.namedGroups", "x25519,secp256r1").arguments("doctor").arguments((Object[]) options);
    }

    private static LabRun run(JavaProgram doctor) throws IOException {
        return run(Lab.path(Path50.RTT_MILLIS), doctor);
    }

    private static LabRun run(Lab lab, JavaProgram doctor) throws IOException {
        return lab.far(Path50.echoServer()).near(doctor).run();
    }

    private static void copyWithoutLibrary(Path copy) throws IOException {
        try (JarFile jar = new JarFile(JAR); OutputStream out = Files.newOutputStream(copy);
                JarOutputStream copied = new JarOutputStream(out, jar.getManifest())) {
            for (JarEntry entry : jar.stream().toList()) {
                if (!entry.getName().startsWith("META-INF/native/linux") && !entry.getName().equals(JarFile.MANIFEST_NAME)) {
                    copied.putNextEntry(new JarEntry(entry.getName()));
                    jar.getInputStream(entry).transferTo(copied);
                }
            }
        }
    }
}
