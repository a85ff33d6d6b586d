// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.niofastopen.it.lab.Flow;
import io.github.niofastopen.it.lab.JavaProgram;
import io.github.niofastopen.it.lab.Lab;
import io.github.niofastopen.it.lab.LabRun;
import io.github.niofastopen.it.program.TwoFlights;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A firewall that lets no SYN of a source through for a while once it has seen one with data. */
@LabTest
class PunishingFirewallIT {
    private static final Object[] DESTINATIONS = {"192.0.2.2", "192.0.2.3", "192.0.2.4", "192.0.2.5", "192.0.2.6"};
    /** After which a network counts as hostile. */
    private static final int DESTINATIONS_THAT_TELL = 3;

    @Test
    void isNotProvokedByEachDestination() throws Exception {
        // when: clients that give each destination three seconds, while the penalty is a minute
        LabRun jdks = run(JavaProgram.of(TwoFlights.class));
        LabRun ours = run(JavaProgram.of(TwoFlights.class).withSwitch().option("-Xcheck:jni")
            .property("niofastopen.window", Path50.LONG_WINDOW_MILLIS));

        // then
        assertThat(jdks.out()).as(jdks.toString()).noneMatch(line -> line.startsWith("failed"));
        List<Flow> provoking = ours.flows().stream().filter(Flow::synCarriesClientHello).toList();
        assertThat(provoking).as(ours.toString()).isNotEmpty();
        NotYet.check(NotYet.PROMISES, "PunishingFirewallIT.isNotProvokedByEachDestination",
            () -> assertThat(provoking).as(ours.toString()).hasSizeLessThanOrEqualTo(DESTINATIONS_THAT_TELL));
    }

    private static LabRun run(JavaProgram client) throws IOException {
        return Path50.run(Lab.path(Path50.RTT_MILLIS).changingFaults().far(Path50.echoServer())
            .near(client.arguments("blocking", "punish=60", 300, 1, Path50.TLS_PORT).arguments(DESTINATIONS)));
    }
}
