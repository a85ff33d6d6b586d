// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it;

import static io.github.niofastopen.it.program.Scenario.BLOCKING_HEAP;
import static io.github.niofastopen.it.program.Scenario.BLOCKING_LARGE;
import static io.github.niofastopen.it.program.Scenario.CLOSE_UNWRITTEN;
import static io.github.niofastopen.it.program.Scenario.JMX_FORGET;
import static io.github.niofastopen.it.program.Scenario.JMX_FORGET_ALL;
import static io.github.niofastopen.it.program.Scenario.JMX_OFF;
import static io.github.niofastopen.it.program.Scenario.JMX_ON;
import static io.github.niofastopen.it.program.Scenario.JMX_TELL_MEMORY;
import static io.github.niofastopen.it.program.Scenario.KERNEL_FORGETS;
import static io.github.niofastopen.it.program.Scenario.PLAIN_TEXT;
import static io.github.niofastopen.it.program.Scenario.REFUSED_BLOCKING;
import static io.github.niofastopen.it.program.Scenario.RESET_SINCE;
import static io.github.niofastopen.it.program.Scenario.TELL_MODULE;
import static io.github.niofastopen.it.program.Scenario.TWO_FLIGHTS;
import static io.github.niofastopen.it.program.Scenario.WRITE_LATE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.niofastopen.it.lab.Flow;
import io.github.niofastopen.it.lab.JavaProgram;
import io.github.niofastopen.it.lab.Lab;
import io.github.niofastopen.it.lab.LabRun;
import io.github.niofastopen.it.program.Scenario;
import io.github.niofastopen.it.program.TwoFlights;
import io.github.niofastopen.it.program.Watcher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each outcome, provoked on the path, as a flight recording, JMX and the log tell it. */
@LabTest
class OutcomeIT {
    private static final String MODULE = "io.github.niofastopen";
    private static final int ENOBUFS = 105;
    /** net.ipv4.tcp_fastopen for clients and for every server (ip-sysctl.rst). */
    private static final int ACCEPTING = 0x403;

    @TempDir
    Path folder;

    @Test
    void onAGoodPath() throws IOException {
        // when: the scenarios' connections come after one that fetches the cookie
        LabRun run = watched(path(), client(BLOCKING_HEAP, BLOCKING_LARGE, PLAIN_TEXT, WRITE_LATE,
            CLOSE_UNWRITTEN, REFUSED_BLOCKING).property("niofastopen.defer", "always"));

        // then
        assertTold(run, "NO_COOKIE 0 0", "ACCEPTED 300 300", "TOO_LARGE 4000 1420", "NOT_TLS 0 0", "WINDOW_ELAPSED 0 0",
            "CLOSED_UNWRITTEN 0 0", "NOT_CONNECTED 300 0");
    }

    @Test
    void whereFirstFlightsAreLongerThanWhatASynHolds() throws IOException {
        // when
        LabRun run = watched(path(), client(BLOCKING_LARGE, BLOCKING_LARGE, BLOCKING_LARGE));

        // then
        assertTold(run, "NO_COOKIE 0 0", "TOO_LARGE 4000 1420", "FLIGHT_TOO_LARGE 0 0", "FLIGHT_TOO_LARGE 0 0");
    }

    /** Which reads java.base alone, and isn't opened to anybody: the event and the bean are shown all the same. */
    @Test
    void asANamedModule() throws IOException {
        // when
        LabRun run = watched(path(), JavaProgram.of(Watcher.class).withSwitch()
            .option("--enable-native-access=" + MODULE)
            .option("--module-path=" + Activation.PROVIDER_JAR).option("--add-modules=" + MODULE)
            .classPath(ExecutableJar.locationOf(Watcher.class).toString())
            .property("niofastopen.window", Path50.LONG_WINDOW_MILLIS)
            .arguments(Path50.FAR, Path50.TLS_PORT, TELL_MODULE, BLOCKING_HEAP));

        // then
        assertThat(run.out()).contains("module " + MODULE);
        assertTold(run, "NO_COOKIE 0 0", "ACCEPTED 300 300");
    }

    @Test
    void onAPathThatLosesSynsWithData() throws IOException {
        // when
        LabRun run = watched(path().option("--fault", "drop-syn-data"), client(BLOCKING_HEAP, BLOCKING_HEAP));

        // then
        assertTold(run, "NO_COOKIE 0 0", "HEDGED 300 0", "AVOIDED 0 0");
    }

    @Test
    void onSuchAPathWithoutAHedge() throws IOException {
        // when
        LabRun run = watched(path().option("--fault", "drop-syn-data"),
            client(BLOCKING_HEAP).property("niofastopen.hedge", "off"));

        // then
        assertTold(run, "NO_COOKIE 0 0", "SYN_RESENT 300 0");
    }

    @Test
    void onAPathThatResetsSynsWithData() throws IOException {
        // when
        LabRun run = watched(path().option("--fault", "rst-syn-data"), client(BLOCKING_HEAP));

        // then
        assertTold(run, "NO_COOKIE 0 0", "RESET 300 0");
    }

    @Test
    void onAPathThatCutsTheDataOff() throws IOException {
        // when
        LabRun run = watched(path().option("--fault", "strip-data"), client(BLOCKING_HEAP));

        // then
        assertTold(run, "NO_COOKIE 0 0", "DATA_NOT_ACKNOWLEDGED 300 0");
    }

    @Test
    void onAPathThatLosesWhatFollowsTheSyn() throws IOException {
        // when
        LabRun run = watched(path().option("--fault", "drop-server-data"), client(TWO_FLIGHTS, TWO_FLIGHTS));

        // then
        assertTold(run, "NO_COOKIE 0 0", "UNANSWERED 300 0", "AVOIDED 0 0");
    }

    @Test
    void onAPathThatTellsThatTheSynIsTooLong() throws IOException {
        // when
        LabRun run = watched(path().option("--fault", "mtu=1400"), client(BLOCKING_LARGE));

        // then
        assertTold(run, "NO_COOKIE 0 0", "SYN_TOO_LONG 4000 0");
    }

    @Test
    void onAPathThatHasToldThatToAnotherProgram() throws IOException {
        // given
        String before = words(client(BLOCKING_LARGE));

        // when
        LabRun run = watched(path().option("--fault", "mtu=1400"),
            client(BLOCKING_LARGE).startedBy("sh", "-c", before + " >&2 && exec \"$@\"", "sh"));

        // then
        assertTold(run, "ACCEPTED 300 300", "TOO_LARGE 4000 1320");
    }

    private static String words(JavaProgram program) {
        return program.command().stream().map(word -> "'" + word + "'").collect(Collectors.joining(" "));
    }

    /** Another program has lost a connection, and the kernel isn't set to take no notice. */
    @Test
    void whereTheKernelHasPausedFastOpen() throws IOException {
        // given
        String lost = words(JavaProgram.of(TwoFlights.class).withSwitch().property("niofastopen.window", Path50.LONG_WINDOW_MILLIS)
            .arguments("blocking", "drop-client-data", 300, 1, Path50.TLS_PORT, Path50.FAR));

        // when
        LabRun run = watched(path().changingFaults(), client(BLOCKING_HEAP).startedBy("sh", "-c",
            "echo 3600 > /proc/sys/net/ipv4/tcp_fastopen_blackhole_timeout_sec && " + lost + " >&2 && exec \"$@\"", "sh"));

        // then
        assertTold(run, "PAUSED_BY_KERNEL 0 0", "PAUSED_BY_KERNEL 0 0");
    }

    @Test
    void withAServerThatHasAnotherKeyForItsCookies() throws IOException {
        // when
        LabRun run = watched(Lab.path(Path50.RTT_MILLIS).far(Path50.echoServer().property("rotate.key.every", 1)),
            client(BLOCKING_HEAP));

        // then
        assertTold(run, "NO_COOKIE 0 0", "DATA_NOT_ACKNOWLEDGED 300 0");
    }

    @Test
    void withAServerThatGivesNoCookie() throws IOException {
        // when: four connections within a second, and one after what was learned of the first three is forgotten
        LabRun run = watched(path().option("--fault", "strip-option"),
            client(BLOCKING_HEAP, BLOCKING_HEAP, BLOCKING_HEAP, JMX_FORGET, BLOCKING_HEAP));

        // then: the fourth is the JDK's alone
        assertTold(run, "NO_COOKIE 0 0", "NO_COOKIE 0 0", "NO_COOKIE 0 0", "NOT_GRANTED 0 0", "NO_COOKIE 0 0");
        assertThat(run.flows()).extracting(Flow::cookie).containsExactly("asked", "asked", "asked", "none", "asked");
    }

    /** A blocking connect that follows one with a cookie isn't asked at once whether its SYN is held back. */
    @Test
    void whereTheKernelHasLostACookieThatItHad() throws IOException {
        // when
        LabRun run = watched(path(), client(BLOCKING_HEAP, KERNEL_FORGETS, BLOCKING_HEAP, BLOCKING_HEAP,
            KERNEL_FORGETS, PLAIN_TEXT, BLOCKING_HEAP, KERNEL_FORGETS, CLOSE_UNWRITTEN)
            .property("niofastopen.defer", "always"));

        // then
        assertTold(run, "NO_COOKIE 0 0", "ACCEPTED 300 300", "NO_COOKIE 0 0", "ACCEPTED 300 300", "NO_COOKIE 0 0",
            "ACCEPTED 300 300", "NO_COOKIE 0 0");
        assertThat(run.flows()).extracting(Flow::cookie).containsExactly("asked", "sent", "asked", "sent", "asked", "sent", "asked");
    }

    @Test
    void whereTheServerHasResetAConnectionThatWasTakenForOneThatIsHeldBack() throws IOException {
        // when
        LabRun run = watched(path().nearSysctl(ACCEPTING), client(RESET_SINCE).property("niofastopen.loopback", true));

        // then
        assertTold(run, "NO_COOKIE 0 0", "NO_COOKIE 0 0", "ACCEPTED 300 300", "NO_COOKIE 0 0");
    }

    @Test
    void whereTheDestinationIsExcluded() throws IOException {
        // when
        LabRun run = watched(path(), client(BLOCKING_HEAP).property("niofastopen.exclude", "192.0.2.0/24"));

        // then
        assertTold(run, "LEFT_ALONE 0 0", "LEFT_ALONE 0 0");
    }

    @Test
    void whereASandboxRefusesTheOption() throws IOException {
        // when
        LabRun run = watched(path(), sandboxed("fastopen-option", client(BLOCKING_HEAP)));

        // then
        assertTold(run, "UNSUPPORTED 0 0", "UNSUPPORTED 0 0");
    }

    @Test
    void whereTheSynCannotLeaveForNow() throws IOException {
        // when
        LabRun run = watched(path(), sandboxed("sendto-data=" + ENOBUFS, client(BLOCKING_HEAP, BLOCKING_HEAP)));

        // then: another time it might
        assertTold(run, "NO_COOKIE 0 0", "NOT_SENT 300 0", "NOT_SENT 300 0");
    }

    @Test
    void whatIsRememberedCanBeForgottenThroughJmx() throws IOException {
        // when
        LabRun run = watched(path().option("--fault", "drop-syn-data"), client(BLOCKING_HEAP, JMX_TELL_MEMORY,
            JMX_FORGET, JMX_TELL_MEMORY, BLOCKING_HEAP, JMX_FORGET_ALL, BLOCKING_HEAP));

        // then: Fast Open is tried again each time
        assertThat(run.out()).contains("{192.0.2.2:443=true} [192.0.2.1 to 192.0.2.2]", "{} []");
        assertTold(run, "NO_COOKIE 0 0", "HEDGED 300 0", "HEDGED 300 0", "HEDGED 300 0");
    }

    @Test
    void itCanBeSwitchedOffAndOnThroughJmx() throws IOException {
        // when
        LabRun run = watched(path(), client(JMX_OFF, BLOCKING_HEAP, JMX_ON, BLOCKING_HEAP));

        // then
        assertTold(run, "NO_COOKIE 0 0", "LEFT_ALONE 0 0", "ACCEPTED 300 300");
        assertThat(run.flows()).extracting(Flow::cookie).containsExactly("asked", "none", "sent");
    }

    private static Lab path() {
        return Lab.path(Path50.RTT_MILLIS).far(Path50.echoServer());
    }

    private static JavaProgram client(Scenario... scenarios) {
        return JavaProgram.of(Watcher.class).withSwitch().option("-Xcheck:jni")
            .property("niofastopen.window", Path50.LONG_WINDOW_MILLIS).arguments(Path50.FAR, Path50.TLS_PORT)
            .arguments((Object[]) scenarios);
    }

    private static JavaProgram sandboxed(String rule, JavaProgram client) {
        return client.startedBy(System.getProperty("sandbox.program"), rule);
    }

    private LabRun watched(Lab lab, JavaProgram client) throws IOException {
        Path logging = Files.writeString(folder.resolve("logging.properties"), String.join("\n",
            "handlers=java.util.logging.ConsoleHandler", "java.util.logging.ConsoleHandler.level=FINE",
            "io.github.niofastopen.level=FINE"));
        return Path50.run(lab.near(client.property("java.util.logging.config.file", logging)));
    }

    /** @param told outcome, bytes offered and bytes accepted of each connection */
    private static void assertTold(LabRun run, String... told) {
        assertThat(linesAfter("jfr ", run.out())).as(run.toString()).containsExactly(told);

        List<String> outcomes = Stream.of(told).map(line -> line.substring(0, line.indexOf(' '))).toList();
        Map<String, Long> counts = outcomes.stream()
            .collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
        assertThat(linesAfter("jmx ", run.out())).as(run.toString())
            .containsExactlyElementsOf(counts.entrySet().stream().map(count -> count.getKey() + " " + count.getValue()).toList());

        assertThat(run.err()).anyMatch(line -> line.matches("INFO: nio-fastopen .*: TCP Fast Open is on"));
        assertThat(linesAfter("FINE: ", run.err())).as(run.toString()).extracting(line -> line.replaceAll("^.*?:443: |^.*?:993: | \\(.*", ""))
            .containsExactlyElementsOf(outcomes);
        assertThat(run.err()).noneMatch(line -> line.startsWith("WARNING"));
    }

    private static List<String> linesAfter(String prefix, List<String> lines) {
        return lines.stream().filter(line -> line.startsWith(prefix)).map(line -> line.substring(prefix.length())).toList();
    }
}
