// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.contract;

import io.github.niofastopen.it.lab.Certificate;
import io.github.niofastopen.it.lab.JavaProgram;
import io.github.niofastopen.it.lab.Lab;
import io.github.niofastopen.it.lab.LabRun;
import io.github.niofastopen.it.outcomes.Outcome;
import io.github.niofastopen.it.program.EchoServer;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/** Some of the contracts in the lab, on the JDK's channels or on ours. */
final class ContractRuns {
    private static final double RTT_MILLIS = 40;
    /** Client and server need no cookie, and every listener accepts: each connection on loopback is deferred. */
    private static final int WITHOUT_COOKIE = 0x607;
    private static final int TIMEOUT_SECONDS = 180;

    private ContractRuns() {
    }

    static JavaProgram onTheJdks(Object... contracts) {
        return JavaProgram.of(ContractProgram.class).arguments(contracts);
    }

    static JavaProgram onOurs(Object... contracts) {
        return onTheJdks(contracts).withAgent()
            .property("niofastopen.loopback", true).property("niofastopen.defer", "always");
    }

    /** Where all that our channels connect is deferred. */
    static Map<String, Outcome> run(Certificate certificate, JavaProgram program) throws IOException {
        LabRun run = Lab.path(RTT_MILLIS).nearSysctl(WITHOUT_COOKIE).option("--timeout", TIMEOUT_SECONDS)
            .far(JavaProgram.of(EchoServer.class).arguments(443))
            .near(program.trusting(certificate)
                .property("javax.net.ssl.keyStore", certificate.keyStore())
                .property("javax.net.ssl.keyStorePassword", certificate.password()))
            .run();
        if (run.status() != 0) {
            throw new AssertionError(run.toString());
        }
        return Outcome.parse(run.out());
    }

    /** Tests that end worse on ours, but for {@link DifferencesByNature}: a busy machine may fail one on the JDK's alone. */
    static Map<String, String> differences(Map<String, Outcome> jdks, Map<String, Outcome> ours) {
        Map<String, String> differences = new TreeMap<>();
        jdks.forEach((test, theirs) -> {
            Outcome own = ours.get(test);
            if (own == null || !own.status().equals("SUCCESSFUL") && !own.status().equals(theirs.status())) {
                differences.put(test, "JDK: " + theirs.status() + " " + theirs.problem() + ", ours: "
                    + (own == null ? "not run" : own.status() + " " + own.problem()));
            }
        });
        differences.keySet().removeAll(DifferencesByNature.REASONS.keySet());
        return differences;
    }
}
