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
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * How long the server's first byte takes on a 50 ms path. Alone on the machine, since another case beside it would be
 * measured too; what the server itself computes is in it, so the JVMs get some connections to warm up.
 */
@LabTest
@Isolated
class RoundTripsIT {
    private static final int PORT = 8443;
    private static final int WARM_UP = 10;
    private static final int CONNECTIONS = 21;
    private static final int SERVER_WARM_UP = 200;
    private static final double MOST_ROUND_TRIPS_DEFERRED = 1.15;

    @TempDir
    Path folder;

    @Test
    void withTheSwitchTheServersFirstDataComesAfterOneRoundTrip() throws IOException {
        // when
        LabRun run = run(true);

        // then
        assertThat(run.flows().subList(1, CONNECTIONS)).as(run.toString()).allMatch(Flow::synCarriesClientHello);
        assertThat(medianRoundTrips(run)).as(run.toString()).isLessThanOrEqualTo(MOST_ROUND_TRIPS_DEFERRED);
    }

    @Test
    void withTheJdksProviderItComesAfterTwo() throws IOException {
        // when
        LabRun run = run(false);

        // then
        assertThat(run.flows()).as(run.toString()).noneMatch(Flow::synCarriesClientHello);
        assertThat(medianRoundTrips(run)).as(run.toString()).isGreaterThanOrEqualTo(2);
    }

    private LabRun run(boolean withSwitch) throws IOException {
        Certificate certificate = Certificate.createIn(folder);
        JavaProgram server = JavaProgram.of(HttpsFixture.class).withSwitch()
            .property("niofastopen.server.queue", 16)
            .arguments(certificate.keyStore(), certificate.password(), SERVER_WARM_UP, PORT);
        JavaProgram client = JavaProgram.of(RepeatedGet.class).trusting(certificate)
            .arguments("https://" + Path50.FAR + ":" + PORT + "/", CONNECTIONS);
        LabRun run = Path50.run(Lab.path(Path50.RTT_MILLIS).option("--wait-port", PORT).far(server).near(withSwitch ? client.withSwitch() : client));
        assertThat(run.flows()).hasSize(CONNECTIONS);
        return run;
    }

    private static double medianRoundTrips(LabRun run) {
        List<Double> sorted = run.flows().subList(WARM_UP, CONNECTIONS).stream()
            .map(Flow::firstServerDataMillis).sorted().toList();
        return sorted.get(sorted.size() / 2) / Path50.RTT_MILLIS;
    }
}
