// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.suites;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.niofastopen.it.LabTest;
import io.github.niofastopen.it.lab.JavaProgram;
import io.github.niofastopen.it.lab.Lab;
import io.github.niofastopen.it.lab.LabRun;
import io.github.niofastopen.it.program.EchoServer;
import io.github.niofastopen.outcomes.Deferred;
import io.github.niofastopen.outcomes.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The tests of libraries that live on NIO, written by people who know nothing of us, pass on our channels as they do on the
 * JDK's, where every connection on loopback is deferred. What doesn't is on the exact list of {@link KnownDifferences}; {@link RacingTests} aren't
 * compared.
 */
@LabTest
class SuitesIT {
    private static final boolean ALL = Boolean.getBoolean("suites.all");
    private static final int JDK = Runtime.version().feature();
    /** Client and server need no cookie, and every listener accepts: each connection on loopback is deferred. */
    private static final int WITHOUT_COOKIE = 0x607;
    private static final double RTT_MILLIS = 1;
    private static final int TIMEOUT_SECONDS = 900;

    private static final Map<Suite, Comparison> COMPARISONS = new ConcurrentSkipListMap<>();

    @ParameterizedTest
    @EnumSource
    void everyTestPassesAsOnTheJdksChannels(Suite suite) throws IOException {
        // when
        LabRun onTheJdks = run(program(suite));
        LabRun onOurs = run(program(suite).withSwitch()
            .property("niofastopen.loopback", true).property("niofastopen.defer", "always"));
        Deferred deferred = Deferred.parse(onOurs.out()).orElseThrow();
        Comparison comparison = new Comparison(suite, Outcome.parse(onTheJdks.out()), Outcome.parse(onOurs.out()), deferred);
        COMPARISONS.put(suite, comparison);

        // then
        assertThat(comparison.tests()).hasSizeGreaterThan(50);
        assertThat(comparison.differences()).as("tests that fail with us alone")
            .containsOnlyKeys(KnownDifferences.of(suite).keySet().toArray(String[]::new));
        assertThat(deferred.held()).as("SYNs that were held back").isPositive();
        assertThat(deferred.acknowledged()).as("SYNs with data that was acknowledged").isPositive();
        assertThat(Deferred.parse(onTheJdks.out())).contains(new Deferred(0, 0));
    }

    private static JavaProgram program(Suite suite) {
        JavaProgram program = JavaProgram.of(SuiteProgram.class).arguments(suite, suite.classes(ALL));
        return JDK < 21 ? program : program.option("-XX:+EnableDynamicAgentLoading"); // Mockito attaches itself
    }

    private static LabRun run(JavaProgram program) throws IOException {
        LabRun run = Lab.path(RTT_MILLIS).nearSysctl(WITHOUT_COOKIE).option("--timeout", TIMEOUT_SECONDS)
            .far(JavaProgram.of(EchoServer.class).arguments(443)).near(program).run();
        assertThat(run.status()).as(run.toString()).isZero();
        return run;
    }

    @AfterAll
    static void writeTables() throws IOException {
        Path folder = Path.of("target", "suites-" + JDK);
        Files.createDirectories(folder);
        for (Comparison comparison : COMPARISONS.values()) {
            Files.writeString(folder.resolve(comparison.suite() + ".tsv"), comparison.table());
        }
        String summary = Summary.of(List.copyOf(COMPARISONS.values()));
        Files.writeString(folder.resolve("summary.txt"), summary);
        if (ALL && COMPARISONS.size() == Suite.values().length) {
            Summary.putInto(Path.of("..", "..", "docs", "suites.md"), JDK, summary);
        }
    }
}
