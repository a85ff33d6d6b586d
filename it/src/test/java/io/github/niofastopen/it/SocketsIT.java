// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.niofastopen.it.lab.Certificate;
import io.github.niofastopen.it.lab.Flow;
import io.github.niofastopen.it.lab.JavaProgram;
import io.github.niofastopen.it.lab.Lab;
import io.github.niofastopen.it.lab.LabRun;
import io.github.niofastopen.it.program.HttpsFixture;
import io.github.niofastopen.it.program.TwoFlights;
import io.github.niofastopen.it.program.UrlGets;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An unmodified HttpsURLConnection, which uses plain sockets, with the agent and without it. */
@LabTest
class SocketsIT {
    private static final int ENOBUFS = 105;
    private static final int PORT = 8443;
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
        LabRun run = run(client().withAgent());

        // then
        assertGains(run);
    }

    /** So it does by an option of each connect, which breaks other things: {@code ContractIT} counts them. */
    @Test
    @Tag("nightly")
    void soItDoesWithoutUsWhereTheOptionIsPreloaded() throws IOException {
        // when
        LabRun run = run(client().startedBy("env", "LD_PRELOAD=" + Lab.fastOpenLibrary()));

        // then
        assertGains(run);
    }

    private static void assertGains(LabRun run) {
        assertOrdinary(run, run.flows().get(0), "asked");
        List<Flow> later = run.flows().subList(1, CONNECTIONS);
        assertThat(later).allSatisfy(flow -> {
            assertThat(flow.cookie()).as(run.toString()).isEqualTo("sent");
            assertThat(flow.synCarriesClientHello()).as(run.toString()).isTrue();
            assertThat(flow.synDataWasAcknowledged()).as(run.toString()).isTrue();
        });
    }

    @Test
    void whereSocketsAreSwitchedOffTheyAreOrdinaryOnes() throws IOException {
        // when
        LabRun run = run(client().withAgent().property("niofastopen.sockets", false));

        // then
        assertThat(run.flows()).hasSize(CONNECTIONS).allSatisfy(flow -> assertOrdinary(run, flow, "none"));
    }

    @Test
    void withoutTheAgentTheyAreOrdinaryOnes() throws IOException {
        // when
        LabRun run = run(client().withSwitch());

        // then
        assertThat(run.flows()).hasSize(CONNECTIONS).allSatisfy(flow -> assertOrdinary(run, flow, "none"));
    }

    private static LabRun run(JavaProgram client) throws IOException {
        JavaProgram server = JavaProgram.of(HttpsFixture.class).withSwitch().option("-Xcheck:jni")
            .property("niofastopen.server.queue", 16).arguments(certificate.keyStore(), certificate.password(), 0, PORT);
        LabRun run = Path50.run(Lab.path(Path50.RTT_MILLIS).far(server).near(client));
        assertThat(run.out()).as(run.toString()).hasSize(CONNECTIONS).containsOnly("hello");
        return run;
    }

    /** As where the window is over at the moment of the write: nothing is taken into the SYN, and the socket is as open as before. */
    @Test
    void aClientHelloThatIsNotTakenIntoTheSynFollowsIt() throws IOException {
        // given
        JavaProgram client = JavaProgram.of(TwoFlights.class).withAgent().option("-Xcheck:jni")
            .property("niofastopen.window", Path50.LONG_WINDOW_MILLIS)
            .arguments("socket", "", 300, 2, Path50.TLS_PORT, Path50.FAR)
            .startedBy(System.getProperty("sandbox.program"), "sendto-data=" + ENOBUFS);

        // when
        LabRun run = Path50.run(Lab.path(Path50.RTT_MILLIS).changingFaults().far(Path50.echoServer()).near(client));

        // then
        assertThat(run.out()).as(run.toString()).hasSize(2).noneMatch(line -> line.startsWith("failed"));
    }

    /** JDK 27's key shares don't fit a SYN as they come. */
    private static JavaProgram client() {
        return JavaProgram.of(UrlGets.class).trusting(certificate).option("-Xcheck:jni")
            .property("jdk.tls.namedGroups", "x25519,secp256r1")
            .property("niofastopen.window", Path50.LONG_WINDOW_MILLIS)
            .arguments("https://" + Path50.FAR + ":" + PORT + "/", CONNECTIONS);
    }

    private static void assertOrdinary(LabRun run, Flow flow, String cookie) {
        assertThat(flow.cookie()).as(run.toString()).isEqualTo(cookie);
        assertThat(flow.synPayload()).as(run.toString()).isZero();
    }
}
