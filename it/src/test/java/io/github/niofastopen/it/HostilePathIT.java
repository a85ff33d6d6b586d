// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.niofastopen.it.lab.Flow;
import io.github.niofastopen.it.lab.JavaProgram;
import io.github.niofastopen.it.lab.Lab;
import io.github.niofastopen.it.lab.LabRun;
import io.github.niofastopen.it.program.TimedConnections;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Paths that are hostile to Fast Open: with the switch, every connection is established that the JDK's provider
 * establishes, and a bad path costs its price once. The measurements go into a table.
 */
@LabTest
@Tag("full")
@Tag("hostile")
class HostilePathIT {
    private static final int CONNECTIONS = 11;
    /** What a peer has to answer the first SYN of a JVM, whose round-trip time is unknown. */
    private static final double HEDGE_MILLIS = 300;
    /** For the other case that runs beside this one. */
    private static final double SLACK_MILLIS = 50;

    private static final Map<String, String> TABLE = new ConcurrentSkipListMap<>();

    static Stream<Arguments> cases() {
        return Stream.of("none", "drop-syn-data", "drop-syn-option", "strip-option", "strip-data", "rst-syn-data")
            .flatMap(fault -> Stream.of("blocking", "selector", "adaptor", "virtual", "socket")
                .map(style -> Arguments.of(fault, style)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everyConnectionIsEstablishedAndTheFaultIsPaidForOnce(String fault, String style) throws IOException {
        assumeTrue(!style.equals("virtual") || Runtime.version().feature() >= 21, "no virtual threads before JDK 21");

        Timely.check(() -> {
            // when: each connection is established
            LabRun withoutSwitch = connect(fault, style, false);
            LabRun withSwitch = connect(fault, style, true);
            TABLE.put(String.format("%-16s%-9s", fault, style), row(millis(withoutSwitch)) + "  " + row(millis(withSwitch)));
            return List.of(withoutSwitch, withSwitch);
        }, runs -> {
            // then
            List<Double> jdk = millis(runs.get(0));
            List<Double> ours = millis(runs.get(1));
            assertPaidOnce(runs.get(1));
            assertThat(least(ours)).as("the usual price, of " + ours).isLessThan(1.05 * least(jdk));
        });
    }

    /** At most one SYN comes to nothing, and another takes its place within the hedge. */
    private static void assertPaidOnce(LabRun run) {
        List<Flow> flows = run.flows().stream().filter(flow -> flow.farAddress().equals(Path50.FAR)).toList();
        List<Flow> lost = flows.stream().filter(flow -> !flow.isAnswered()).toList();
        assertThat(lost).as(run.toString()).hasSizeLessThanOrEqualTo(1);
        for (Flow flow : lost) {
            Flow next = flows.get(flows.indexOf(flow) + 1);
            assertThat(next.cookie()).as(run.toString()).isEqualTo("none");
            assertThat(next.synMillis() - flow.synMillis()).as(run.toString()).isLessThan(HEDGE_MILLIS + SLACK_MILLIS);
        }
        assertThat(flows).as(run.toString()).hasSize(CONNECTIONS + lost.size()).allMatch(flow -> flow.syns() == 1);
    }

    private static LabRun connect(String fault, String style, boolean withSwitch) throws IOException {
        JavaProgram client = JavaProgram.of(TimedConnections.class)
            .arguments(Path50.FAR, Path50.TLS_PORT, style, CONNECTIONS);
        if (withSwitch) {
            // Plain sockets come with the agent alone
            (style.equals("socket") ? client.withAgent() : client.withSwitch()).option("-Xcheck:jni");
        }
        Lab lab = Lab.path(Path50.RTT_MILLIS).far(Path50.echoServer()).near(client);
        if (!fault.equals("none")) {
            lab.option("--fault", fault);
        }
        LabRun run = Path50.run(lab);
        assertThat(run.out()).as(run.toString()).hasSize(CONNECTIONS).noneMatch(line -> line.startsWith("failed"));
        return run;
    }

    private static List<Double> millis(LabRun run) {
        return run.out().stream().map(micros -> Long.parseLong(micros) / 1e3).toList();
    }

    /** What a connection takes once the path is known, and nothing else keeps the machine busy. */
    private static double least(List<Double> millis) {
        return millis.stream().skip(2).sorted().findFirst().orElseThrow();
    }

    /** The connection that fetches the cookie, and the 1st, 2nd and 10th after it. */
    private static String row(List<Double> millis) {
        return String.format(Locale.ROOT, "%7.0f %7.0f %7.0f %7.0f", millis.get(0), millis.get(1), millis.get(2),
            millis.get(10));
    }

    @AfterAll
    static void writeTable() throws IOException {
        StringBuilder table = new StringBuilder(String.format("%-25s%-31s  %s%n", "", "the JDK's (ms)", "nio-fastopen (ms)"))
            .append(String.format("%-16s%-9s%7s %7s %7s %7s  %7s %7s %7s %7s%n", "fault", "style",
                "cookie", "1st", "2nd", "10th", "cookie", "1st", "2nd", "10th"));
        new TreeMap<>(TABLE).forEach((name, times) -> table.append(name).append(times).append(System.lineSeparator()));
        Files.writeString(Path.of("target", "fault-table-" + Runtime.version().feature() + ".txt"), table);
    }
}
