// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.niofastopen.it.lab.JavaProgram;
import io.github.niofastopen.it.lab.Lab;
import io.github.niofastopen.it.lab.LabRun;
import io.github.niofastopen.it.program.ManyAddresses;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** A machine with thousands of addresses, as one that terminates connections for many others. */
@LabTest
class ManyAddressesIT {
    private static final int MANY = 5000;
    /** An object for each address would take more. */
    private static final long FEW_BYTES = 100_000;

    @Test
    void aConnectTakesNoMoreForThem() throws IOException {
        // when
        long alone = bytesOfTheFirstConnect(0);
        long withMany = bytesOfTheFirstConnect(MANY);

        // then
        assertThat(withMany - alone).isLessThan(FEW_BYTES);
    }

    private static long bytesOfTheFirstConnect(int addresses) throws IOException {
        LabRun run = Path50.run(Lab.path(Path50.RTT_MILLIS).far(Path50.echoServer())
            .near(JavaProgram.of(ManyAddresses.class).withSwitch().arguments(Path50.FAR, Path50.TLS_PORT, addresses)));
        return Long.parseLong(run.out().get(0));
    }
}
