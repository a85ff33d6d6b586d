// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.niofastopen.it.lab.Certificate;
import io.github.niofastopen.it.lab.Flow;
import io.github.niofastopen.it.lab.JavaProgram;
import io.github.niofastopen.it.lab.Lab;
import io.github.niofastopen.it.lab.LabRun;
import io.github.niofastopen.it.program.FirstFlights;
import io.github.niofastopen.it.program.FreshGets;
import io.github.niofastopen.it.program.GroupsServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** First flights that are longer than what one SYN holds, on links of several MTUs: what their SYNs have, connection by connection. */
@LabTest
class FlightTooLargeIT {
    private static final int LONG = 2000;
    private static final int SHORT = 300;
    private static final int HOLDS_ALL = 9001;
    private static final String STRACE = "/usr/bin/strace";

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"192.0.2.2, 1500, 1420", "192.0.2.2, 1280, 1200", "2001:db8::2, 1500, 1400", "2001:db8::2, 1280, 1180"})
    void afterOneThatASynHoldsAPartOfConnectsAreOrdinary(String far, int mtu, int room) throws IOException {
        // when
        LabRun run = run(mtu, far + "=" + LONG, far + "=" + LONG, far + "=" + LONG, far + "=" + LONG);

        // then: no cookie, and no question for one
        assertSyns(run, "asked 0", "sent " + room, "none 0", "none 0");
        assertThat(run.out()).containsExactly("{FLIGHT_TOO_LARGE=2, NO_COOKIE=1, TOO_LARGE=1}");
    }

    @ParameterizedTest
    @CsvSource({"192.0.2.2", "2001:db8::2"})
    void whereTheMtuIsLargeTheyRide(String far) throws IOException {
        // when
        LabRun run = run(HOLDS_ALL, far + "=" + LONG, far + "=" + LONG, far + "=" + LONG);

        // then
        assertSyns(run, "asked 0", "sent " + LONG, "sent " + LONG);
        assertThat(run.out()).containsExactly("{ACCEPTED=2, NO_COOKIE=1}");
    }

    @Test
    void oneThatIsShorterBringsDeferralBack() throws IOException {
        // when
        LabRun run = run(1500, "192.0.2.2=" + LONG, "192.0.2.2=" + LONG, "192.0.2.2=" + SHORT, "192.0.2.2=" + SHORT);

        // then: it is seen in the first write of an ordinary connection
        assertSyns(run, "asked 0", "sent 1420", "none 0", "sent " + SHORT);
    }

    @Test
    void afterAWhileThereIsAnotherLook() throws IOException {
        // when: it is over before the next connection
        LabRun run = Path50.run(path(1500, client("192.0.2.2=" + LONG, "192.0.2.2=" + LONG, "192.0.2.2=" + LONG).property("niofastopen.forget", 1)));

        // then
        assertSyns(run, "asked 0", "sent 1420", "sent 1420");
    }

    @Test
    void aJvmWhoseFlightsAreTooLongTriesNoUnknownDestinations() throws IOException {
        // when: three in a row, to three destinations
        LabRun run = run(1500, "192.0.2.2=" + LONG, "192.0.2.2=" + LONG, "192.0.2.3=" + LONG, "192.0.2.3=" + LONG,
            "192.0.2.4=" + LONG, "192.0.2.4=" + LONG, "192.0.2.5=" + LONG, "192.0.2.5=" + SHORT, "192.0.2.6=" + SHORT);

        // then: until one is shorter
        assertSyns(run, "asked 0", "sent 1420", "asked 0", "sent 1420", "asked 0", "sent 1420", "none 0", "none 0", "asked 0");
    }

    @Test
    void whatIsToBeDeferredAlwaysIs() throws IOException {
        // when
        LabRun run = Path50.run(path(1500, client("192.0.2.2=" + LONG, "192.0.2.2=" + LONG, "192.0.2.2=" + LONG).property("niofastopen.defer", "always")));

        // then
        assertSyns(run, "asked 0", "sent 1420", "sent 1420");
    }

    @ParameterizedTest
    @CsvSource({"192.0.2.2, 1500, 1420", "2001:db8::2, 1500, 1400", "192.0.2.2, 9001, 0", "2001:db8::2, 9001, 0"})
    void theDefaultClientHelloOfThisJdkIsNoException(String far, int mtu, int roomIfTooSmall) throws IOException {
        // when
        Certificate certificate = Certificate.createIn(folder);
        LabRun run = Path50.run(Lab.path(Path50.RTT_MILLIS).option("--mtu", mtu)
            .far(JavaProgram.of(GroupsServer.class).withSwitch().property("niofastopen.server.queue", 16)
                .arguments(certificate.keyStore(), certificate.password(), Path50.TLS_PORT, GroupsServer.DEFAULT))
            .near(JavaProgram.of(FreshGets.class).withSwitch().trusting(certificate).property("niofastopen.window", Path50.LONG_WINDOW_MILLIS)
                .arguments("engine", far, Path50.TLS_PORT, 4)));

        // then
        List<Flow> flows = run.flows();
        boolean tooLong = Runtime.version().feature() >= 27 && roomIfTooSmall > 0;
        assertThat(flows).as(run.toString()).hasSize(4);
        assertThat(flows.get(1).synPayload()).as(run.toString())
            .satisfies(payload -> assertThat(payload == roomIfTooSmall).isEqualTo(tooLong));
        assertThat(flows.subList(2, 4)).as(run.toString()).allSatisfy(flow -> {
            assertThat(flow.cookie()).isEqualTo(tooLong ? "none" : "sent");
            assertThat(flow.synPayload() > 0).isEqualTo(!tooLong);
        });
    }

    @Test
    @Tag("full")
    void theyTakeNoMoreSystemCallsThanTheJdks() throws IOException {
        assumeTrue(Files.isExecutable(Path.of(STRACE)), "needs strace");

        // when: each from the third connection on
        Map<String, Double> jdks = callsOfAConnection(client -> client);
        Map<String, Double> ours = callsOfAConnection(JavaProgram::withSwitch);

        // then: half a one is chance
        assertThat(sum(ours)).as("%s, with the JDK's channels %s", ours, jdks).isLessThan(sum(jdks) + 0.5);
        assertThat(ours.getOrDefault("setsockopt", 0.0)).isEqualTo(jdks.getOrDefault("setsockopt", 0.0));
        assertThat(ours.getOrDefault("getsockopt", 0.0)).isEqualTo(jdks.getOrDefault("getsockopt", 0.0));
    }

    private Map<String, Double> callsOfAConnection(UnaryOperator<JavaProgram> with) throws IOException {
        int few = 12;
        int many = 212;
        Map<String, Double> calls = new TreeMap<>();
        calls(many, with).forEach((name, n) -> calls.merge(name, n / (double) (many - few), Double::sum));
        calls(few, with).forEach((name, n) -> calls.merge(name, -n / (double) (many - few), Double::sum));
        // How often threads wait and are woken is chance; so is a page more, or a timer's tick, in one of the runs.
        calls.remove("futex");
        calls.values().removeIf(n -> Math.abs(n) < 0.1);
        return calls;
    }

    private Map<String, Integer> calls(int connections, UnaryOperator<JavaProgram> with) throws IOException {
        Path summary = folder.resolve("calls");
        JavaProgram client = JavaProgram.of(FirstFlights.class).option("-Xint").option("-XX:+UseSerialGC")
            .startedBy(STRACE, "-f", "-c", "-U", "calls,name", "-o", summary.toString())
            .property("niofastopen.window", Path50.LONG_WINDOW_MILLIS).arguments(Path50.TLS_PORT)
            .arguments((Object[]) Collections.nCopies(connections, "192.0.2.2=" + LONG).toArray(String[]::new));
        Path50.run(Lab.path(1).far(Path50.echoServer()).near(with.apply(client)));
        Map<String, Integer> calls = new TreeMap<>();
        for (String line : Files.readAllLines(summary)) {
            String[] words = line.strip().split("\\s+");
            if (words.length == 2 && words[0].matches("\\d+") && !words[1].equals("total")) {
                calls.put(words[1], Integer.valueOf(words[0]));
            }
        }
        return calls;
    }

    private static double sum(Map<String, Double> calls) {
        return calls.values().stream().mapToDouble(Double::doubleValue).sum();
    }

    private static LabRun run(int mtu, String... flights) throws IOException {
        return Path50.run(path(mtu, client(flights)));
    }

    private static Lab path(int mtu, JavaProgram client) {
        return Lab.path(Path50.RTT_MILLIS).option("--mtu", mtu).far(Path50.echoServer()).near(client);
    }

    private static JavaProgram client(String... flights) {
        return JavaProgram.of(FirstFlights.class).withSwitch().option("-Xcheck:jni").property("niofastopen.window", Path50.LONG_WINDOW_MILLIS)
            .arguments(Path50.TLS_PORT).arguments((Object[]) flights);
    }

    /** @param syns of each connection what it does about a cookie, and how much data its SYN has */
    private static void assertSyns(LabRun run, String... syns) {
        assertThat(run.flows()).as(run.toString()).extracting(flow -> flow.cookie() + " " + flow.synPayload()).containsExactly(syns);
    }
}
