// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.jmh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.niofastopen.jmh.connect.SystemCalls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whether the price has risen: ratios to the JDK's provider within one run, and counts. A machine that does other work
 * makes single rounds worse, so the best one tells; what has really become slower is slower in all.
 */
class RatiosIT {
    private static final String NAMESPACE = String.join("\n", "set -e", "ip link set lo up",
        "echo 3 > /proc/sys/net/ipv4/tcp_fastopen", "echo reno > /proc/sys/net/ipv4/tcp_congestion_control",
        "echo '1024 65535' > /proc/sys/net/ipv4/ip_local_port_range",
        "exec \"$@\"");
    private static final String ROUNDS = "2";
    private static final double LEAST_RATIO = 0.93;
    private static final double BYTES_OF_CHANCE = 8;

    @TempDir
    Path folder;

    @BeforeAll
    static void needsANamespace() throws IOException, InterruptedException {
        boolean possible = exits(List.of("strace", "-V")) && exits(inNamespace(List.of("taskset", "-c", "0", "true")));
        if (!"true".equals(System.getenv("CI"))) {
            assumeTrue(possible, "needs strace, taskset, ip, and root or user namespaces");
        }
        assertThat(possible).as("strace, taskset, ip, and root or user namespaces").isTrue();
    }

    @Test
    void anEstablishedConnectionIsAsFastAsTheJdksAndAllocatesNoMore() throws Exception {
        // when
        JsonNode rows = run(Compare.class, "check", ROUNDS);

        // then
        assertThat(rows).isNotEmpty().allSatisfy(row -> {
            assertThat(stream(row.get("rounds")).mapToDouble(RatiosIT::throughputRatio).max().orElseThrow())
                .as("%s", row).isGreaterThan(LEAST_RATIO);
            assertThat(stream(row.get("rounds")).mapToDouble(RatiosIT::moreBytes).min().orElseThrow())
                .as("%s", row).isLessThan(BYTES_OF_CHANCE);
        });
    }

    @Test
    void aConnectTakesNoMoreSystemCallsThanAreKnown() throws Exception {
        // when
        JsonNode rows = run(SystemCalls.class);

        // then
        assertThat(rows).hasSize(8).allSatisfy(row -> assertThat(row.get("more").asDouble()).as("%s", row)
            .isLessThan(mostSystemCallsMore(row.get("mode").asText(), row.get("outcome").asText())));
    }

    /** Where Fast Open is tried: the option and TCP_INFO. A selecting thread with a cookie saves as many. Half a one is chance. */
    private static double mostSystemCallsMore(String mode, String outcome) {
        double chance = 0.5;
        switch (outcome) {
            case "NO_COOKIE":
                return 2 + chance;
            case "ACCEPTED":
                return mode.equals("BLOCKING") ? 2 + chance : chance;
            default:
                return chance;
        }
    }

    private static double throughputRatio(JsonNode round) {
        return round.at("/jdk/micros").asDouble() / round.at("/fastOpen/micros").asDouble();
    }

    private static double moreBytes(JsonNode round) {
        return round.at("/fastOpen/bytes").asDouble() - round.at("/jdk/bytes").asDouble();
    }

    private JsonNode run(Class<?> program, String... arguments) throws IOException, InterruptedException {
        Path json = folder.resolve("result.json");
        Path said = folder.resolve("said.txt");
        // One processor: where the scheduler puts two threads makes more of a difference than anything that is measured.
        List<String> command = new ArrayList<>(List.of("taskset", "-c", "0", ChildJvm.java(), "-cp",
            System.getProperty("java.class.path"), program.getName()));
        command.addAll(List.of(arguments));
        command.add(json.toString());
        Process process = new ProcessBuilder(inNamespace(command)).redirectErrorStream(true).redirectOutput(said.toFile()).start();
        assertThat(process.waitFor()).as(() -> read(said)).isZero();
        return new ObjectMapper().readTree(json.toFile()).get("rows");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static List<String> inNamespace(List<String> command) {
        List<String> words = new ArrayList<>(List.of("unshare", "--map-root-user", "--net", "sh", "-c", NAMESPACE, "sh"));
        words.addAll(command);
        return words;
    }

    private static boolean exits(List<String> command) throws InterruptedException {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start()
                .waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
