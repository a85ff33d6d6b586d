// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.contract;

import io.github.niofastopen.it.lab.Certificate;
import io.github.niofastopen.it.lab.Lab;
import io.github.niofastopen.it.outcomes.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Runs some contracts on the JDK's channels and on ours, everything deferred, and prints what differs: for {@code ./try}. */
final class ContractComparison {
    private static final int SKIPPED = 5;

    private ContractComparison() {
    }

    /** Arguments: simple names of contracts. */
    public static void main(String[] contracts) throws IOException {
        Optional<String> unavailable = Lab.unavailable();
        if (unavailable.isPresent()) {
            System.err.println("no lab can be made here: " + unavailable.get());
            System.exit(SKIPPED);
        }
        Path folder = Files.createTempDirectory("nio-fastopen-contract-");
        try {
            System.exit(compare(Certificate.createIn(folder), (Object[]) contracts) ? 0 : 1);
        } finally {
            Files.deleteIfExists(folder);
        }
    }

    private static boolean compare(Certificate certificate, Object... contracts) throws IOException {
        Map<String, Outcome> jdks;
        Map<String, Outcome> ours;
        try {
            jdks = ContractRuns.run(certificate, ContractRuns.onTheJdks(contracts));
            ours = ContractRuns.run(certificate, ContractRuns.onOurs(contracts));
        } finally {
            Files.delete(certificate.keyStore());
        }
        Map<String, String> differences = ContractRuns.differences(jdks, ours);
        ours.forEach((test, outcome) -> System.out.println(outcome.status() + " " + test));
        differences.forEach((test, difference) -> System.out.println("DIFFERS " + test + ": " + difference));
        boolean kept = jdks.values().stream().allMatch(Outcome::isSuccessful);
        System.out.println(jdks.size() + " tests, " + differences.size() + " that differ"
            + (kept ? "" : "; the JDK's channels don't pass all of them"));
        return kept && differences.isEmpty();
    }
}
