// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.niofastopen.it.LabTest;
import io.github.niofastopen.it.lab.Certificate;
import io.github.niofastopen.it.lab.JavaProgram;
import io.github.niofastopen.it.lab.Lab;
import io.github.niofastopen.it.lab.LabRun;
import io.github.niofastopen.it.outcomes.Outcome;
import io.github.niofastopen.it.program.EchoServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * The contracts hold for the JDK's channels and sockets, and for ours in the same way: where every connection is deferred, and where
 * none is. The list of {@link DifferencesByNature} is exact. Alone on the machine: the contracts run in parallel, and what
 * runs beside them would be slowed down.
 */
@LabTest
@Isolated
class ContractIT {
    private static final double RTT_MILLIS = 40;
    private static final int CLIENT = 1;
    /** Client and server need no cookie, and every listener accepts: each connection on loopback is deferred. */
    private static final int WITHOUT_COOKIE = 0x607;
    private static final int LONG_ENOUGH_SECONDS = 120;
    /** For what ends many contracts by their own time-outs. */
    private static final int PATIENCE_SECONDS = 1800;

    @TempDir
    private static Path folder;
    private static Certificate certificate;
    private static Map<String, Outcome> jdk;

    @BeforeAll
    static void runOnTheJdksProvider() throws IOException {
        certificate = Certificate.createIn(folder);
        jdk = run(CLIENT, JavaProgram.of(ContractProgram.class));
    }

    @Test
    void theJdksKeepEveryContract() {
        assertThat(jdk).hasSizeGreaterThan(500);
        assertThat(failures(jdk)).isEmpty();
    }

    @Test
    @Tag("full")
    void whereNothingIsDeferredOursKeepEveryContract() throws IOException {
        // given: each connect asks for a cookie, however many have got none
        JavaProgram asking = ours().property("niofastopen.forget", 0);

        Map<String, Outcome> ours = run(CLIENT, asking);

        assertThat(differences(ours)).isEmpty();
    }

    @Test
    @Tag("full")
    void whereMostConnectsDoNotEvenAskForACookieOursKeepEveryContract() throws IOException {
        Map<String, Outcome> ours = run(CLIENT, ours());
        assertThat(differences(ours)).isEmpty();
    }

    @Test
    void whereEverythingIsDeferredOursKeepEveryContractButThoseThatCannotBeKept() throws IOException {
        Map<String, Outcome> ours = run(WITHOUT_COOKIE, ours());
        Map<String, String> differences = differences(ours);
        Set<String> byNature = DifferencesByNature.REASONS.keySet();
        assertThat(without(differences, byNature)).as("differences not known").isEmpty();
        assertThat(differences).as("known differences").containsKeys(byNature.toArray(String[]::new));
    }

    @Test
    @Tag("full")
    void whereNagleIsOffInHandshakesTheyKeepTheSame() throws IOException {
        Map<String, Outcome> ours = run(WITHOUT_COOKIE, ours().property("niofastopen.noDelay", "handshake"));
        assertThat(without(differences(ours), DifferencesByNature.REASONS.keySet())).isEmpty();
    }

    /** What one might take instead, on the JDK's own channels and sockets: docs/benchmarks.md has what it gains. */
    @Test
    @Tag("nightly")
    void anOptionPreloadedToEachConnectBreaksMore() throws IOException {
        JavaProgram preloaded = JavaProgram.of(ContractProgram.class).startedBy("env", "LD_PRELOAD=" + Lab.fastOpenLibrary());

        Map<String, String> differences = differences(run(WITHOUT_COOKIE, preloaded, PATIENCE_SECONDS));

        System.out.println("TCP_FASTOPEN_CONNECT by LD_PRELOAD: " + differences.size() + " of " + jdk.size() + " contracts broken");
        differences.forEach((test, how) -> System.out.println("  " + test + ": " + how));
        assertThat(differences).hasSizeGreaterThan(DifferencesByNature.REASONS.size());
    }

    private static JavaProgram ours() {
        return JavaProgram.of(ContractProgram.class).withAgent()
            .property("niofastopen.loopback", true).property("niofastopen.defer", "always");
    }

    private static Map<String, Outcome> run(int sysctl, JavaProgram program) throws IOException {
        return run(sysctl, program, LONG_ENOUGH_SECONDS);
    }

    private static Map<String, Outcome> run(int sysctl, JavaProgram program, int timeoutSeconds) throws IOException {
        LabRun run = Lab.path(RTT_MILLIS).nearSysctl(sysctl).option("--timeout", timeoutSeconds)
            .far(JavaProgram.of(EchoServer.class).arguments(443))
            .near(program.trusting(certificate)
                .property("javax.net.ssl.keyStore", certificate.keyStore())
                .property("javax.net.ssl.keyStorePassword", certificate.password()))
            .run();
        assertThat(run.status()).as(run.toString()).isZero();
        return Outcome.parse(run.out());
    }

    private static Map<String, String> failures(Map<String, Outcome> outcomes) {
        Map<String, String> failures = new TreeMap<>();
        for (Outcome outcome : outcomes.values()) {
            if (!outcome.isSuccessful()) {
                failures.put(outcome.test(), outcome.problem());
            }
        }
        return failures;
    }

    /** Tests whose outcome isn't that on the JDK's provider. */
    private static Map<String, String> differences(Map<String, Outcome> ours) {
        Set<String> tests = new TreeSet<>(jdk.keySet());
        tests.addAll(ours.keySet());
        Map<String, String> differences = new TreeMap<>();
        for (String test : tests) {
            Outcome theirs = jdk.get(test);
            Outcome own = ours.get(test);
            if (theirs == null || own == null) {
                differences.put(test, "ran only on " + (own == null ? "the JDK's provider" : "ours"));
            } else if (!theirs.status().equals(own.status())) {
                differences.put(test, "JDK: " + theirs.status() + " " + theirs.problem()
                    + ", ours: " + own.status() + " " + own.problem());
            }
        }
        return differences;
    }

    private static Map<String, String> without(Map<String, String> differences, Set<String> known) {
        Map<String, String> rest = new TreeMap<>(differences);
        rest.keySet().removeAll(known);
        return rest;
    }
}
