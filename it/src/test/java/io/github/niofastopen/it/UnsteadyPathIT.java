// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.niofastopen.it.lab.Flow;
import io.github.niofastopen.it.lab.JavaProgram;
import io.github.niofastopen.it.lab.Lab;
import io.github.niofastopen.it.lab.LabRun;
import io.github.niofastopen.it.program.ManyConnections;
import io.github.niofastopen.it.program.StrangePath;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Paths and servers that change under many connections at a time. Alone on the machine, which they keep busy. */
@LabTest
@Isolated
@Tag("full")
class UnsteadyPathIT {
    private static final double RTT_MILLIS = 10;
    private static final int CONNECTIONS = Integer.getInteger("lab.loss.connections", 200);
    private static final int AT_A_TIME = 50;
    /** With fewer, what the two JVMs load and compile at their start is all that a median shows. */
    private static final int ENOUGH_FOR_A_MEDIAN = 2000;

    static IntStream percents() {
        return Arrays.stream(System.getProperty("lab.loss.percents", "5").split(",")).mapToInt(Integer::parseInt);
    }

    @ParameterizedTest
    @MethodSource("percents")
    void randomLossCostsNoConnectionThatTheJdksProviderEstablishes(int percent) throws IOException {
        // when
        List<String> jdk = lossy(percent, client()).out();
        List<String> ours = lossy(percent, client().withSwitch()).out();

        // then
        assertThat(ours).hasSize(CONNECTIONS);
        assertThat(successes(ours)).isEqualTo(successes(jdk)).isEqualTo(CONNECTIONS);
        if (CONNECTIONS >= ENOUGH_FOR_A_MEDIAN) {
            assertThat(medianMillis(ours)).isLessThan(medianMillis(jdk) + RTT_MILLIS);
        }
    }

    /** Each connection is watched, since what was learned is forgotten before the next. */
    @Tag("nightly")
    @ParameterizedTest
    @ValueSource(ints = {2, 5, 10, 20})
    void onAPathThatLosesAtRandomNothingIsTakenForLostForCertain(int percent) throws IOException {
        // when
        List<String> jdk = lossy(percent, strange("jdk")).out();
        List<String> ours = lossy(percent, strange("forget").withSwitch()).out();
        System.out.println(percent + " % lost, each path forgotten: " + outcomes(ours));

        // then
        assertThat(jdk).filteredOn("ok"::equals).hasSize(CONNECTIONS);
        assertThat(ours).as(ours.toString()).filteredOn("ok"::equals).hasSize(CONNECTIONS);
        assertThat(count("LOST", ours)).as(ours.toString()).isZero();
        assertThat(count("UNANSWERED", ours)).as("what silence says falsely is rarer than what a lost SYN does, of %s", ours)
            .isLessThanOrEqualTo(count("HEDGED", ours) + count("SYN_RESENT", ours));
    }

    /**
     * A few are ordinary ones, to decide what may have been lost. The server's queue of those that haven't been acknowledged
     * (net/core/request_sock.c) keeps what was reset for a minute, and takes no data from others when it is full.
     */
    @Tag("nightly")
    @ParameterizedTest
    @ValueSource(ints = {2, 5, 10})
    void aPathThatLosesAFewSegmentsAtRandomIsNotBlamedForIt(int percent) throws IOException {
        // when
        List<String> ours = lossy(percent, strange("remember").withSwitch()).out();
        System.out.println(percent + " % lost: " + outcomes(ours));

        // then
        assertThat(ours).as(ours.toString()).filteredOn("ok"::equals).hasSize(CONNECTIONS);
        assertThat(count("HEDGED", ours) + count("SYN_RESENT", ours)).as("SYNs lost, of %s", ours).isPositive();
        assertThat(count("AVOIDED", ours)).as(outcomes(ours)).isLessThan(CONNECTIONS / 4);
    }

    private static String outcomes(List<String> told) {
        return told.stream().filter(line -> line.startsWith("jmx ")).map(line -> line.substring("jmx ".length()))
            .collect(Collectors.joining(", "));
    }

    private static JavaProgram strange(String learned) {
        return JavaProgram.of(StrangePath.class).arguments(Path50.FAR, Path50.TLS_PORT, CONNECTIONS, AT_A_TIME, learned);
    }

    private static int count(String outcome, List<String> told) {
        return told.stream().filter(line -> line.startsWith("jmx " + outcome + " "))
            .mapToInt(line -> Integer.parseInt(line.substring(line.lastIndexOf(' ') + 1))).sum();
    }

    @Test
    void aServerThatChangesItsKeyLosesNothingAndServesFastOpenAgain() throws IOException {
        // when
        LabRun run = Path50.run(Lab.path(RTT_MILLIS)
            .far(Path50.echoServer().property("rotate.key.every", CONNECTIONS / 4))
            .near(JavaProgram.of(ManyConnections.class).withSwitch().arguments(Path50.FAR, Path50.TLS_PORT, CONNECTIONS, 2)));

        // then
        assertThat(successes(run.out())).as(run.toString()).isEqualTo(CONNECTIONS);
        List<Boolean> acknowledged = run.flows().stream().filter(Flow::synCarriesClientHello)
            .map(Flow::synDataWasAcknowledged).toList();
        int firstRefusal = acknowledged.indexOf(false);
        assertThat(firstRefusal).as(run.toString()).isPositive();
        assertThat(acknowledged.subList(firstRefusal, acknowledged.size())).contains(true);
        assertThat(run.flows()).allMatch(flow -> flow.syns() == 1);
    }

    private static LabRun lossy(int percent, JavaProgram client) throws IOException {
        return Path50.run(Lab.path(RTT_MILLIS).option("--fault", "loss=" + percent).option("--timeout", 600)
            .far(Path50.echoServer()).near(client));
    }

    private static JavaProgram client() {
        return JavaProgram.of(ManyConnections.class).arguments(Path50.FAR, Path50.TLS_PORT, CONNECTIONS, AT_A_TIME);
    }

    private static long successes(List<String> printed) {
        return printed.stream().filter(line -> !line.startsWith("failed")).count();
    }

    private static double medianMillis(List<String> printed) {
        List<Long> sorted = printed.stream().filter(line -> !line.startsWith("failed")).map(Long::valueOf).sorted().toList();
        return sorted.get(sorted.size() / 2) / 1e3;
    }
}
