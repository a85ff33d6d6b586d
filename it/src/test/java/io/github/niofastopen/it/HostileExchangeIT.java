// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.niofastopen.it.lab.Flow;
import io.github.niofastopen.it.lab.JavaProgram;
import io.github.niofastopen.it.lab.Lab;
import io.github.niofastopen.it.lab.LabRun;
import io.github.niofastopen.it.program.TwoFlights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Paths that turn hostile to Fast Open once the cookie was fetched, and only after the SYN has been answered, or for reasons
 * of their own: with the switch, what succeeds with the JDK's provider succeeds. Where bytes had been read already
 * when the path lost what followed, the connection that meets it first may be lost, and no other.
 */
@LabTest
@Tag("full")
@Tag("hostile")
class HostileExchangeIT {
    private static final int CONNECTIONS = 5;
    private static final int SMALL_HELLO = 300;
    /** With the options of a SYN it is longer than 1400 bytes, and with those of another segment shorter. */
    private static final int HELLO_OF_A_SYN_ABOVE_1400 = 1335;

    private static final Map<String, String> TABLE = new ConcurrentSkipListMap<>();

    static Stream<Arguments> cases() {
        return Stream.of(
                fault("none", SMALL_HELLO, 0),
                fault("drop-server-data", SMALL_HELLO, 0),
                fault("drop-server-rest", SMALL_HELLO, 0),
                fault("drop-client-data", SMALL_HELLO, 1),
                fault("drop-client-rest", SMALL_HELLO, 1),
                fault("drop-client-rest drop-server-rest", SMALL_HELLO, 0),
                fault("rst-client-rest", SMALL_HELLO, 1),
                fault("rst-server-data", SMALL_HELLO, 0),
                fault("drop-first-syn", SMALL_HELLO, 0),
                fault("drop-first-synack", SMALL_HELLO, 0),
                fault("drop-syn-ecn", SMALL_HELLO, 0),
                fault("mtu=1400", HELLO_OF_A_SYN_ABOVE_1400, 0),
                fault("mtu-hole=1400", HELLO_OF_A_SYN_ABOVE_1400, 0),
                fault("synproxy", SMALL_HELLO, 0))
            .flatMap(fault -> Stream.of("blocking", "selector", "adaptor", "virtual", "socket")
                .map(style -> Arguments.of(fault[0], style, fault[1], fault[2])));
    }

    @Test
    void theListOfWhatIsNotKeptYetNamesRows() {
        assertThat(cases().map(row -> row.get()[0] + ", " + row.get()[1])).containsAll(NotYet.ROWS);
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("cases")
    void whatSucceedsWithTheJdksProviderSucceeds(String fault, String style, int helloLength, int mayBeLost) throws Exception {
        assumeTrue(!style.equals("virtual") || Runtime.version().feature() >= 21, "no virtual threads before JDK 21");
        Lab.unavailable(fault.equals("none") ? new String[0] : fault.split(" ")).ifPresent(reason -> abort(reason));

        // when
        List<String> jdk = connections(fault, style, helloLength, false);
        List<String> ours = connections(fault, style, helloLength, true);
        TABLE.put(String.format("%-34s%-9s", fault, style), String.format("%10s  %12s", succeeded(jdk) + " of " + CONNECTIONS,
            succeeded(ours) + " of " + CONNECTIONS));

        // then
        assertThat(succeeded(jdk)).as(jdk.toString()).isEqualTo(CONNECTIONS);
        NotYet.check(NotYet.ROWS, fault + ", " + style,
            () -> assertThat(succeeded(ours)).as(ours.toString()).isGreaterThanOrEqualTo(CONNECTIONS - mayBeLost));
    }

    private static List<String> connections(String fault, String style, int helloLength, boolean withSwitch) throws IOException {
        JavaProgram client = JavaProgram.of(TwoFlights.class)
            .arguments(style, fault.equals("none") ? "" : fault, helloLength, CONNECTIONS, Path50.TLS_PORT, Path50.FAR)
            .startedBy("sh", "-c", "echo 1 > /proc/sys/net/ipv4/tcp_ecn && exec \"$@\"", "sh");
        if (withSwitch) {
            // Plain sockets come with the agent alone
            (style.equals("socket") ? client.withAgent() : client.withSwitch()).option("-Xcheck:jni").property("niofastopen.window", Path50.LONG_WINDOW_MILLIS);
        }
        LabRun run = Path50.run(Lab.path(Path50.RTT_MILLIS).changingFaults().far(Path50.echoServer()).near(client));
        assertThat(run.out()).as(run.toString()).hasSize(CONNECTIONS);
        assertThat(run.flows().stream().anyMatch(Flow::synCarriesClientHello)).as(run.toString()).isEqualTo(withSwitch);
        return run.out();
    }

    private static long succeeded(List<String> printed) {
        return printed.stream().filter(line -> !line.startsWith("failed")).count();
    }

    private static Object[] fault(String names, int helloLength, int mayBeLost) {
        return new Object[] {names, helloLength, mayBeLost};
    }

    @AfterAll
    static void writeTable() throws IOException {
        StringBuilder table = new StringBuilder(String.format("%-34s%-9s%10s  %12s%n", "fault", "style", "the JDK's", "nio-fastopen"));
        TABLE.forEach((row, results) -> table.append(row).append(results).append(System.lineSeparator()));
        Files.writeString(Path.of("target", "exchange-table-" + Runtime.version().feature() + ".txt"), table);
    }
}
