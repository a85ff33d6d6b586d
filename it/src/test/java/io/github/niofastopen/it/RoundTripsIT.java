// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.niofastopen.it.lab.Certificate;
import io.github.niofastopen.it.lab.Flow;
import io.github.niofastopen.it.lab.JavaProgram;
import io.github.niofastopen.it.lab.Lab;
import io.github.niofastopen.it.lab.LabRun;
import io.github.niofastopen.it.program.HttpsFixture;
import io.github.niofastopen.it.program.RepeatedGet;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** After how many round trips the server speaks, told by what had passed before it did: no machine is too slow for that. */
@LabTest
class RoundTripsIT {
    private static final int PORT = 8443;
    private static final int CONNECTIONS = 5;
    private static final int NO_WARM_UP = 0;
    /** Those of JDK 27 make a ClientHello longer than a SYN holds. */
    private static final String SHORT_KEY_SHARES = "x25519,secp256r1";

    @TempDir
    Path folder;

    @Test
    void withTheSwitchTheServersFirstDataComesAfterOneRoundTrip() throws IOException {
        // when
        LabRun run = run(true);

        // then
        assertThat(run.flows().subList(1, CONNECTIONS)).as(run.toString())
            .allMatch(flow -> flow.synCarriesClientHello() && flow.serverSpokeAfterTheSynAlone());
    }

    @Test
    void withTheJdksProviderItComesAfterTwo() throws IOException {
        // when
        LabRun run = run(false);

        // then
        assertThat(run.flows()).as(run.toString()).noneMatch(Flow::synCarriesClientHello)
            .allMatch(flow -> flow.firstServerDataMillis() >= 2 * Path50.RTT_MILLIS);
    }

    private LabRun run(boolean withSwitch) throws IOException {
        Certificate certificate = Certificate.createIn(folder);
        JavaProgram server = JavaProgram.of(HttpsFixture.class).withSwitch()
            .property("niofastopen.server.queue", 16)
            .arguments(certificate.keyStore(), certificate.password(), NO_WARM_UP, PORT);
        JavaProgram client = JavaProgram.of(RepeatedGet.class).trusting(certificate)
            .property("jdk.tls.namedGroups", SHORT_KEY_SHARES).property("niofastopen.window", Path50.LONG_WINDOW_MILLIS)
            .arguments("https://" + Path50.FAR + ":" + PORT + "/", CONNECTIONS);
        LabRun run = Path50.run(Lab.path(Path50.RTT_MILLIS).option("--wait-port", PORT).far(server).near(withSwitch ? client.withSwitch() : client));
        assertThat(run.flows()).hasSize(CONNECTIONS);
        return run;
    }
}
