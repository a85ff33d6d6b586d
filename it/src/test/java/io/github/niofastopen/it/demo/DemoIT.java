// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.niofastopen.it.LabTest;
import io.github.niofastopen.it.lab.InstalledJdk;
import io.github.niofastopen.it.lab.JavaProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code ./demo} prints, and how it ends. */
@LabTest
@Tag("full")
class DemoIT {
    private static final String SHORT_PATH = "20";
    /** A busy machine may take longer than the default for a JVM's first ClientHello. */
    private static final Map<String, String> LONG_WINDOW = Map.of("JAVA_TOOL_OPTIONS", "-Dniofastopen.window=3000");
    private static final Map<String, String> SWITCHED_OFF = Map.of("JAVA_TOOL_OPTIONS", "-Dniofastopen.enabled=false");
    private static final Pattern GAINS = Pattern.compile("  (without|by the \\w+) .* (\\d+) of (\\d+) .*");

    @TempDir
    Path folder;

    @Test
    void eachRowThatShouldGainDoes() throws IOException, InterruptedException {
        // when
        Run run = demo(LONG_WINDOW, "--rtt", SHORT_PATH);

        // then
        assertThat(run.status()).as(run.out()).isZero();
        assertThat(run.rows("without")).isNotEmpty().allMatch(row -> row.gains() == 0 && row.connections() == 10);
        assertThat(run.rows("by the agent")).isNotEmpty();
        assertThat(run.rows("by the \\w+").get(0)).as(run.out()).matches(row -> 2 * row.gains() > row.connections());
        assertThat(run.out()).contains("handshake type 1 (ClientHello)").doesNotContain("haven't");
    }

    @Test
    void whereAJdkSendsPostQuantumKeySharesTheAgentGainsWithServersThatDoNotUseThem() throws IOException, InterruptedException {
        // given
        assumeTrue(InstalledJdk.all().stream().anyMatch(OwnClients::sendPostQuantumShares), "no JDK 27 is installed");

        // when
        Run run = demo(LONG_WINDOW, "--rtt", SHORT_PATH);

        // then: the last with a server that does
        List<Row> byAgent = run.rows("by the agent");
        assertThat(run.status()).as(run.out()).isZero();
        assertThat(byAgent.get(byAgent.size() - 2).gains()).isGreaterThan(5);
        assertThat(byAgent.get(byAgent.size() - 1).gains()).isZero();
    }

    @Test
    void aRowThatShouldGainAndDoesNotIsNamedAndFails() throws IOException, InterruptedException {
        // when
        Run run = demo(SWITCHED_OFF, "--rtt", SHORT_PATH);

        // then
        assertThat(run.status()).as(run.out()).isEqualTo(1);
        assertThat(run.out()).contains("nothing was gained").doesNotContain("One of these SYNs");
    }

    @Test
    void aProgramOfTheUsersIsRunInEachWayAndItsPacketsAreKept() throws IOException, InterruptedException {
        // given: over java.net.Socket, which gains by the agent alone
        Path capture = folder.resolve("capture");
        Path source = Files.writeString(folder.resolve("Get.java"), """
            public class Get {
                public static void main(String[] args) throws Exception {
                    for (int i = 0; i < 3; i++) {
                        new java.net.URL(args[0]).openStream().readAllBytes();
                    }
                }
            }
            """);

        // when
        Run run = demo(LONG_WINDOW, "--rtt", SHORT_PATH, "--pcap", capture.toString(), "--client", source.toString(), "URL");

        // then
        assertThat(run.status()).as(run.out()).isZero();
        assertThat(run.rows("without|by the \\w+")).as(run.out()).extracting(Row::gains).containsExactly(0, 0, 2);
        assertThat(CapturedSyn.firstWithDataIn(capture)).isPresent();
    }

    @Test
    void aProgramThatFailsIsSaidToHave() throws IOException, InterruptedException {
        // given
        Path source = Files.writeString(folder.resolve("Fails.java"),
            "public class Fails { public static void main(String[] args) { System.out.println(args[0]); System.exit(9); } }");

        // when
        Run run = demo(Map.of(), "--client", source.toString(), "--target=URL");

        // then
        assertThat(run.status()).as(run.out()).isEqualTo(4);
        assertThat(run.out()).contains("demo: the client ended with status 9").contains("\n--target=https://192.0.2.2:8443/\n");
    }

    @Test
    void aServiceIsEndedAndItsConnectionsUntilThenCount() throws IOException, InterruptedException {
        // given
        Path source = Files.writeString(folder.resolve("Service.java"), """
            public class Service {
                public static void main(String[] args) throws Exception {
                    for (int i = 0; i < 3; i++) {
                        new java.net.URL(args[0]).openStream().readAllBytes();
                    }
                    new java.util.concurrent.CountDownLatch(1).await();
                }
            }
            """);

        // when
        Run run = demo(LONG_WINDOW, "--rtt", SHORT_PATH, "--for", "15", "--client", source.toString());

        // then
        assertThat(run.status()).as(run.out()).isZero();
        assertThat(run.rows("by the agent")).as(run.out()).extracting(Row::gains).containsExactly(2);
    }

    private record Row(int gains, int connections) {
    }

    /** @param out both streams */
    private record Run(int status, String out) {

        List<Row> rows(String ways) {
            List<Row> rows = new ArrayList<>();
            for (String line : out.split("\n")) {
                Matcher row = GAINS.matcher(line);
                if (row.matches() && row.group(1).matches(ways)) {
                    rows.add(new Row(Integer.parseInt(row.group(2)), Integer.parseInt(row.group(3))));
                }
            }
            return rows;
        }
    }

    private static Run demo(Map<String, String> environment, String... words) throws IOException, InterruptedException {
        JavaProgram demo = JavaProgram.of(Demo.class);
        for (String name : List.of("lab.program", "provider.jar", "installed.jdks")) {
            demo.property(name, System.getProperty(name, ""));
        }
        ProcessBuilder builder = new ProcessBuilder(demo.arguments((Object[]) words).command()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes());
        return new Run(process.waitFor(), out);
    }
}
