// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.suites;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.niofastopen.it.LabTest;
import io.github.niofastopen.it.lab.InstalledJdk;
import io.github.niofastopen.it.lab.JavaProgram;
import io.github.niofastopen.it.lab.Lab;
import io.github.niofastopen.it.lab.LabRun;
import io.github.niofastopen.it.outcomes.Deferred;
import io.github.niofastopen.it.outcomes.Outcome;
import io.github.niofastopen.it.program.EchoServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The tests of libraries that live on NIO, written by people who know nothing of us, pass on our channels as they do on the
 * JDK's, where every connection on loopback is deferred. What doesn't is on the exact list of {@link KnownDifferences}; {@link RacingTests} aren't
 * compared.
 */
@LabTest
@Tag("full")
@Tag("suites")
class SuitesIT {
    private static final boolean ALL = Boolean.getBoolean("suites.all");
    private static final List<InstalledJdk> JDKS =
        Boolean.getBoolean("suites.everywhere") ? InstalledJdk.all() : List.of(InstalledJdk.running());
    /** Client and server need no cookie, and every listener accepts: each connection on loopback is deferred. */
    private static final int WITHOUT_COOKIE = 0x607;
    private static final double RTT_MILLIS = 1;
    private static final int TIMEOUT_SECONDS = 900;

    /** By JDK. */
    private static final Map<Integer, Map<Suite, Comparison>> COMPARISONS = new ConcurrentSkipListMap<>();

    static Stream<Arguments> suites() {
        return JDKS.stream().flatMap(jdk -> Stream.of(Suite.values()).map(suite -> Arguments.of(suite, jdk)));
    }

    @ParameterizedTest
    @MethodSource("suites")
    void everyTestPassesAsOnTheJdksChannels(Suite suite, InstalledJdk jdk) throws IOException {
        // when
        LabRun onTheJdks = run(program(suite, jdk));
        LabRun onOurs = run(program(suite, jdk).withSwitch()
            .property("niofastopen.loopback", true).property("niofastopen.defer", "always"));
        Deferred deferred = Deferred.parse(onOurs.out()).orElseThrow();
        Comparison comparison = new Comparison(suite, Outcome.parse(onTheJdks.out()), Outcome.parse(onOurs.out()), deferred);
        COMPARISONS.computeIfAbsent(jdk.version(), version -> new ConcurrentSkipListMap<>()).put(suite, comparison);

        // then
        assertThat(comparison.tests()).hasSizeGreaterThan(50);
        assertThat(comparison.differences()).as("tests that fail with us alone")
            .containsOnlyKeys(KnownDifferences.of(suite).keySet().toArray(String[]::new));
        assertThat(deferred.held()).as("SYNs that were held back").isPositive();
        assertThat(deferred.acknowledged()).as("SYNs with data that was acknowledged").isPositive();
        assertThat(Deferred.parse(onTheJdks.out())).contains(new Deferred(0, 0));
    }

    private static JavaProgram program(Suite suite, InstalledJdk jdk) {
        JavaProgram program = JavaProgram.of(SuiteProgram.class).on(jdk.home()).arguments(suite, suite.classes(ALL));
        return jdk.version() < 21 ? program : program.option("-XX:+EnableDynamicAgentLoading"); // Mockito attaches itself
    }

    private static LabRun run(JavaProgram program) throws IOException {
        LabRun run = Lab.path(RTT_MILLIS).nearSysctl(WITHOUT_COOKIE).option("--timeout", TIMEOUT_SECONDS)
            .far(JavaProgram.of(EchoServer.class).arguments(443)).near(program).run();
        assertThat(run.status()).as(run.toString()).isZero();
        return run;
    }

    @AfterAll
    static void writeTables() throws IOException {
        for (int jdk : COMPARISONS.keySet()) {
            writeTables(jdk, List.copyOf(COMPARISONS.get(jdk).values()));
        }
    }

    private static void writeTables(int jdk, List<Comparison> comparisons) throws IOException {
        Path folder = Path.of("target", "suites-" + jdk);
        Files.createDirectories(folder);
        for (Comparison comparison : comparisons) {
            Files.writeString(folder.resolve(comparison.suite() + ".tsv"), comparison.table());
        }
        String summary = Summary.of(comparisons);
        Files.writeString(folder.resolve("summary.txt"), summary);
        String docs = System.getProperty("suites.docs", "");
        if (!docs.isEmpty() && comparisons.size() == Suite.values().length) {
            Summary.putInto(Path.of("..", "..").resolve(docs), jdk, summary);
        }
    }
}
