// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.niofastopen.it.LabTest;
import io.github.niofastopen.it.lab.Certificate;
import io.github.niofastopen.it.outcomes.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** Where virtual threads have one carrier, one that doesn't leave it to the others stops them all. */
@LabTest
@Isolated
@Tag("full")
class OneCarrierIT {
    private static final String CARRIERS = "jdk.virtualThreadScheduler.parallelism";
    private static final Object[] CONTRACTS = {"VirtualThreadContract", "CloseContract", "SilentPeerContract",
        "PlainSocketEndContract", "PlainSocketReadContract"};

    @TempDir
    private Path folder;

    @Test
    void contractsAreKeptAsByTheJdks() throws IOException {
        assumeTrue(Runtime.version().feature() >= 21, "no virtual threads before JDK 21");
        // given
        Certificate certificate = Certificate.createIn(folder);

        // when
        Map<String, Outcome> jdks = ContractRuns.run(certificate, ContractRuns.onTheJdks(CONTRACTS).property(CARRIERS, 1));
        Map<String, Outcome> ours = ContractRuns.run(certificate, ContractRuns.onOurs(CONTRACTS).property(CARRIERS, 1));

        // then
        assertThat(jdks).hasSizeGreaterThan(20);
        assertThat(ContractRuns.differences(jdks, ours)).isEmpty();
    }
}
