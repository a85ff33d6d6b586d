// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it;

import static io.github.niofastopen.it.program.Scenario.BLOCKING_HEAP;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.niofastopen.it.lab.Flow;
import io.github.niofastopen.it.lab.JavaProgram;
import io.github.niofastopen.it.lab.Lab;
import io.github.niofastopen.it.lab.LabRun;
import io.github.niofastopen.it.program.KernelMemory;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What the kernel remembers of destinations. */
@LabTest
class TcpMetricsIT {

    @Test
    void anotherProcessReadsCookiesAndLostSynsWithoutAnyCapability() throws IOException {
        // when: a SYN with data to the first address is lost, and left to the kernel to send again
        LabRun run = Path50.run(Lab.path(Path50.RTT_MILLIS).option("--fault", "drop-syn-data").far(Path50.echoServer())
            .near(JavaProgram.of(KernelMemory.class).withSwitch().property("niofastopen.hedge", "off")
                .property("niofastopen.window", Path50.LONG_WINDOW_MILLIS)
                .arguments("connect", Path50.FAR, Path50.FAR6, Path50.TLS_PORT)));

        // then
        String first = "192.0.2.2 from 192.0.2.1, cookie of 8 bytes, MSS 1460, SYNs dropped 1 just now";
        String second = "2001:db8:0:0:0:0:0:2 from 2001:db8:0:0:0:0:0:1, cookie of 8 bytes, MSS 1440, SYNs dropped 0";
        assertThat(run.out()).as(run.toString())
            .filteredOn(line -> line.startsWith("all: ")).containsExactlyInAnyOrder("all: " + first, "all: " + second);
        assertThat(run.out()).filteredOn(line -> line.startsWith("one: ")).containsExactly("one: " + first, "one: unknown");
    }

    @Test
    void aPathThatLostAnotherProcesssSynIsAvoidedFromTheFirstConnectionOn() throws IOException {
        // when: two JVMs, one after the other, each fetch a cookie and then connect again
        LabRun run = Path50.run(Lab.path(Path50.RTT_MILLIS).option("--fault", "drop-syn-data").far(Path50.echoServer())
            .near(Path50.client(Path50.FAR, BLOCKING_HEAP).property("niofastopen.hedge", "off")
                .startedBy("sh", "-c", "\"$@\" && exec \"$@\"", "sh")));

        // then: the first one's loss is told to the second
        assertThat(run.flows()).as(run.toString()).extracting(Flow::cookie).containsExactly("asked", "sent", "none", "none");
    }
}
