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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An unmodified java.net.http.HttpClient, with the switch and without it. */
@LabTest
class HttpClientIT {
    private static final int CONVENTIONAL_PORT = 8443;
    private static final int OTHER_PORT = 4711;
    private static final int CONNECTIONS = 5;

    @TempDir
    static Path folder;
    private static Certificate certificate;

    @BeforeAll
    static void createCertificate() throws IOException {
        certificate = Certificate.createIn(folder);
    }

    @Test
    void theSecondAndLaterConnectionsCarryTheClientHelloInTheSyn() throws IOException {
        // when
        LabRun run = run(Lab.path(Path50.RTT_MILLIS), client(CONVENTIONAL_PORT).withSwitch());

        // then
        assertOrdinary(run, run.flows().get(0), "asked");
        assertMerged(run, run.flows().subList(1, CONNECTIONS));
    }

    @Test
    void onAPortThatIsNoTlsPortByConventionTheThirdAndLaterConnectionsDo() throws IOException {
        // when
        LabRun run = run(Lab.path(Path50.RTT_MILLIS), client(OTHER_PORT).withSwitch());

        // then
        assertOrdinary(run, run.flows().get(0), "none");
        assertOrdinary(run, run.flows().get(1), "asked");
        assertMerged(run, run.flows().subList(2, CONNECTIONS));
    }

    @Test
    void withTheSysctlOffEveryConnectionIsAnOrdinaryOne() throws IOException {
        // when
        LabRun run = run(Lab.path(Path50.RTT_MILLIS).nearSysctl(0), client(CONVENTIONAL_PORT).withSwitch());

        // then
        assertThat(run.flows()).hasSize(CONNECTIONS).allSatisfy(flow -> assertOrdinary(run, flow, "none"));
    }

    @Test
    void theOffSwitchLeavesEveryConnectionToTheJdk() throws IOException {
        // when
        LabRun run = run(Lab.path(Path50.RTT_MILLIS),
            client(CONVENTIONAL_PORT).withSwitch().property("niofastopen.enabled", false));

        // then
        assertThat(run.flows()).hasSize(CONNECTIONS).allSatisfy(flow -> assertOrdinary(run, flow, "none"));
    }

    @Test
    void nothingIsDeferredWhereDeferringIsSetToNever() throws IOException {
        // when
        LabRun run = run(Lab.path(Path50.RTT_MILLIS),
            client(CONVENTIONAL_PORT).withSwitch().property("niofastopen.defer", "never"));

        // then
        assertThat(run.flows()).hasSize(CONNECTIONS).allSatisfy(flow -> assertOrdinary(run, flow, "none"));
    }

    private static LabRun run(Lab lab, JavaProgram client) throws IOException {
        JavaProgram server = JavaProgram.of(HttpsFixture.class).withSwitch().option("-Xcheck:jni")
            .property("niofastopen.server.queue", 16)
            .arguments(certificate.keyStore(), certificate.password(), 0, CONVENTIONAL_PORT, OTHER_PORT);
        LabRun run = Path50.run(lab.far(server).near(client));
        assertThat(run.out()).as(run.toString()).hasSize(CONNECTIONS);
        return run;
    }

    private static JavaProgram client(int port) {
        return JavaProgram.of(RepeatedGet.class).trusting(certificate).option("-Xcheck:jni")
            // The default of JDK 27 and later is too long for a SYN.
            .property("jdk.tls.namedGroups", "x25519,secp256r1")
            .property("niofastopen.window", Path50.LONG_WINDOW_MILLIS)
            .arguments("https://" + Path50.FAR + ":" + port + "/", CONNECTIONS);
    }

    private static void assertOrdinary(LabRun run, Flow flow, String cookie) {
        assertThat(flow.cookie()).as(run.toString()).isEqualTo(cookie);
        assertThat(flow.synPayload()).as(run.toString()).isZero();
    }

    private static void assertMerged(LabRun run, List<Flow> flows) {
        assertThat(flows).isNotEmpty().allSatisfy(flow -> {
            assertThat(flow.cookie()).as(run.toString()).isEqualTo("sent");
            assertThat(flow.synCarriesClientHello()).as(run.toString()).isTrue();
            assertThat(flow.synDataWasAcknowledged()).as(run.toString()).isTrue();
        });
    }
}
