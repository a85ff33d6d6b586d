// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.jmh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.niofastopen.jmh.connect.SystemCalls;
import io.github.niofastopen.jmh.established.Repeated;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a connection costs, as counts: they are the same however busy the machine is. What it costs in time is for
 * {@code ./benchmarks check} to tell.
 */
class CountsIT {
    private static final String NAMESPACE = String.join("\n", "set -e", "ip link set lo up",
        "echo 3 > /proc/sys/net/ipv4/tcp_fastopen", "echo reno > /proc/sys/net/ipv4/tcp_congestion_control",
        "echo '1024 65535' > /proc/sys/net/ipv4/ip_local_port_range",
        "exec \"$@\"");

    /**
     * What a selecting thread calls in each of its turns, of which it takes one more where the answer comes too late for the
     * one before; and what threads wait for each other with. A busy machine has more of them.
     */
    private static final Set<String> OF_A_TURN = Set.of("epoll_wait", "epoll_ctl", "read", "futex");

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"read", "write"})
    void ofAnEstablishedConnectionTheCompilerMakesTheJdksBehindOneFieldRead(String method) throws Exception {
        // when
        List<String> options = InliningLog.options("io.github.niofastopen.channel.FastOpenSocketChannel::" + method);
        Set<InliningLog.Call> calls = InliningLog.calls(run(repeated(Provider.OPTIONS, options)));

        // then: nothing else is called
        List<InliningLog.Call> accessors = calls.stream().filter(InliningLog.Call::isAccessor).toList();
        List<InliningLog.Call> others = calls.stream().filter(call -> !call.isAccessor()).toList();
        assertThat(accessors).as("fields that are read, of %s", calls).hasSizeLessThanOrEqualTo(1);
        assertThat(others).as("methods that are called").singleElement().satisfies(call -> {
            assertThat(call.method()).startsWith("sun.nio.ch.").endsWith("::" + method);
            assertThat(call.isInlined()).as("%s", call).isTrue();
        });
    }

    @Test
    void anEstablishedConnectionAllocatesNoMoreThanTheJdks() throws Exception {
        // when
        List<String> jdks = run(repeated(List.of(), List.of("-Xbatch")));
        List<String> ours = run(repeated(Provider.OPTIONS, List.of("-Xbatch")));

        // then
        assertThat(bytesOfARound(ours)).isLessThanOrEqualTo(bytesOfARound(jdks));
    }

    @Test
    @Tag("full")
    void aConnectTakesNoMoreSystemCallsThanAreKnown() throws Exception {
        // given
        List<String> command = new ArrayList<>(List.of("taskset", "-c", "0"));
        command.addAll(java(List.of(), SystemCalls.class));
        Path json = folder.resolve("result.json");
        command.add(json.toString());
        needs(exits(List.of("strace", "-V")) && exits(inNamespace(List.of("taskset", "-c", "0", "true"))),
            "strace, taskset, ip, and root or user namespaces");

        // when
        run(inNamespace(command));

        // then
        JsonNode rows = new ObjectMapper().readTree(json.toFile()).get("rows");
        assertThat(rows).hasSize(8).allSatisfy(row -> {
            assertThat(systemCallsMore(row, name -> !OF_A_TURN.contains(name))).as("%s", row)
                .isLessThan(mostSystemCallsMore(row.get("mode").asText(), row.get("outcome").asText()));
            assertThat(OF_A_TURN).allSatisfy(turn -> assertThat(systemCallsMore(row, turn::equals)).as("%s of %s", turn, row)
                .isLessThan(1));
        });
    }

    private static double systemCallsMore(JsonNode row, Predicate<String> which) {
        return systemCalls(row.get("fastOpen"), which) - systemCalls(row.get("jdk"), which);
    }

    private static double systemCalls(JsonNode calls, Predicate<String> which) {
        double sum = 0;
        for (Map.Entry<String, JsonNode> call : calls.properties()) {
            sum += which.test(call.getKey()) ? call.getValue().asDouble() : 0;
        }
        return sum;
    }

    /**
     * Where Fast Open is tried: the option and TCP_INFO, which a blocking connect with a cookie asks twice: whether the SYN is
     * held back, and what became of it. A selecting thread with a cookie saves as many. Half a one is chance.
     */
    private static double mostSystemCallsMore(String mode, String outcome) {
        double chance = 0.5;
        switch (outcome) {
            case "NO_COOKIE":
                return 2 + chance;
            case "ACCEPTED":
                return mode.equals("BLOCKING") ? 3 + chance : chance;
            default:
                return chance;
        }
    }

    private static long bytesOfARound(List<String> printed) {
        String told = "bytes of a round: ";
        return printed.stream().filter(line -> line.startsWith(told)).map(line -> Long.valueOf(line.substring(told.length())))
            .findFirst().orElseThrow();
    }

    private static List<String> repeated(List<String> provider, List<String> options) {
        List<String> all = new ArrayList<>(provider);
        all.addAll(options);
        return java(all, Repeated.class);
    }

    private static List<String> java(List<String> options, Class<?> program) {
        List<String> command = new ArrayList<>(List.of(ChildJvm.java()));
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
        return command;
    }

    private List<String> run(List<String> command) throws IOException, InterruptedException {
        Path said = folder.resolve("said.txt");
        Path complaints = folder.resolve("complaints.txt");
        int status = new ProcessBuilder(command).redirectError(complaints.toFile()).redirectOutput(said.toFile()).start().waitFor();
        List<String> lines = Files.readAllLines(said);
        assertThat(status).as("%s of %s\n%s", command, lines, Files.readString(complaints)).isZero();
        return lines;
    }

    private static void needs(boolean possible, String what) {
        if (!"true".equals(System.getenv("CI"))) {
            assumeTrue(possible, "needs " + what);
        }
        assertThat(possible).as(what).isTrue();
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
}
