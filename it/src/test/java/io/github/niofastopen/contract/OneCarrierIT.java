// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.niofastopen.it.LabTest;
import io.github.niofastopen.it.lab.Certificate;
import io.github.niofastopen.it.lab.JavaProgram;
import io.github.niofastopen.it.lab.Lab;
import io.github.niofastopen.it.lab.LabRun;
import io.github.niofastopen.it.program.EchoServer;
import io.github.niofastopen.outcomes.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** Where virtual threads have one carrier, one that doesn't leave it to the others stops them all. */
@LabTest
@Isolated
@Tag("full")
class OneCarrierIT {
    private static final double RTT_MILLIS = 40;
    /** Client and server need no cookie, and every listener accepts: each connection on loopback is deferred. */
    private static final int WITHOUT_COOKIE = 0x607;
    private static final int TIMEOUT_SECONDS = 180;

    @TempDir
    private Path folder;

    @Test
    void contractsAreKeptAsByTheJdksChannels() throws IOException {
        assumeTrue(Runtime.version().feature() >= 21, "no virtual threads before JDK 21");
        // given
        Certificate certificate = Certificate.createIn(folder);

        // when
        Map<String, Outcome> jdks = run(certificate, program());
        Map<String, Outcome> ours = run(certificate, program().withSwitch()
            .property("niofastopen.loopback", true).property("niofastopen.defer", "always"));

        // then
        assertThat(jdks).isNotEmpty();
        assertThat(differences(jdks, ours).keySet()).as("%s", differences(jdks, ours))
            .isSubsetOf(DifferencesByNature.REASONS.keySet());
    }

    private static JavaProgram program() {
        return JavaProgram.of(ContractProgram.class).property("jdk.virtualThreadScheduler.parallelism", 1)
            .arguments(VirtualThreadContract.class.getSimpleName(), CloseContract.class.getSimpleName(),
                SilentPeerContract.class.getSimpleName());
    }

    private static Map<String, Outcome> run(Certificate certificate, JavaProgram program) throws IOException {
        LabRun run = Lab.path(RTT_MILLIS).nearSysctl(WITHOUT_COOKIE).option("--timeout", TIMEOUT_SECONDS)
            .far(JavaProgram.of(EchoServer.class).arguments(443))
            .near(program.trusting(certificate)
                .property("javax.net.ssl.keyStore", certificate.keyStore())
                .property("javax.net.ssl.keyStorePassword", certificate.password()))
            .run();
        assertThat(run.status()).as(run.toString()).isZero();
        return Outcome.parse(run.out());
    }

    private static Map<String, String> differences(Map<String, Outcome> jdks, Map<String, Outcome> ours) {
        Map<String, String> differences = new TreeMap<>();
        jdks.forEach((test, theirs) -> {
            Outcome own = ours.get(test);
            if (own == null || !own.status().equals(theirs.status())) {
                differences.put(test, "JDK: " + theirs + ", ours: " + own);
            }
        });
        return differences;
    }
}
