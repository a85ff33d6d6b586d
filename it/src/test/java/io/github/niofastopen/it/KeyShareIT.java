// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.niofastopen.it.lab.Certificate;
import io.github.niofastopen.it.lab.Flow;
import io.github.niofastopen.it.lab.JavaProgram;
import io.github.niofastopen.it.lab.Lab;
import io.github.niofastopen.it.lab.LabRun;
import io.github.niofastopen.it.program.FreshGets;
import io.github.niofastopen.it.program.GroupsServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a JDK that sends post-quantum key shares puts into its SYNs with the agent alone, as the wire has it, and what servers make
 * of it. The lab's SYN holds 1420 bytes.
 */
@LabTest
@EnabledForJreRange(minVersion = 27)
class KeyShareIT {
    private static final int POST_QUANTUM = 0x11EC;
    private static final int X25519 = 29;
    private static final int SECP256R1 = 23;
    private static final int SECP384R1 = 24;
    private static final int ROOM = 1420;
    private static final String CLASSICAL_SERVER = "x25519,secp256r1";
    private static final String FOLLOWER = "X25519MLKEM768,x25519";
    private static final String INSISTER = "X25519MLKEM768";

    @TempDir
    static Path folder;
    private static Certificate certificate;

    @TempDir
    Path ofThisTest;
    private LabRun run;
    private List<CapturedHellos> hellos;

    @BeforeAll
    static void createCertificate() throws IOException {
        certificate = Certificate.createIn(folder);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "engine", "socket", "url"})
    void toAServerWithoutPostQuantumGroupsTheSecondAndLaterHellosRideWhole(String client) throws IOException {
        // when
        run(4, gets(client, 4), CLASSICAL_SERVER);

        // then
        assertThat(hellos.get(0).shares()).as(run.toString()).containsExactly(POST_QUANTUM, X25519);
        for (int i = 1; i < 4; i++) {
            Flow flow = run.flows().get(i);
            assertThat(hellos.get(i).shares()).as(run.toString()).containsExactly(X25519, SECP256R1);
            assertThat(hellos.get(i).groups()).as("groups").isEqualTo(hellos.get(0).groups()).startsWith(POST_QUANTUM);
            assertThat(hellos.get(i).chosen()).isEqualTo(X25519);
            assertThat(flow.synPayload()).as(run.toString()).isEqualTo(hellos.get(i).helloLength()).isLessThan(ROOM);
            assertThat(flow.synDataWasAcknowledged()).as(run.toString()).isTrue();
        }
    }

    /** That its first one was too long for the SYN doesn't keep the second from being tried. */
    @Test
    void whereTheCookieIsKnownTheSecondHelloOfAJvmRidesWholeToo() throws IOException {
        // when: the cookie is another JVM's
        run(3, lab -> lab.nearInTurn(List.of(gets("http", 1), gets("http", 2))), server -> server, CLASSICAL_SERVER);

        // then
        assertThat(run.flows()).as(run.toString()).extracting(Flow::synPayload).containsExactly(0, ROOM, hellos.get(2).helloLength());
        assertThat(hellos.get(2).shares()).containsExactly(X25519, SECP256R1);
    }

    @Test
    void aServerThatHasPostQuantumGroupsIsLeftAloneOnceTheHelloHasNotFitted() throws IOException {
        // when
        run(4, gets("http", 4), FOLLOWER);

        // then
        assertThat(run.flows()).as(run.toString()).extracting(Flow::synPayload).containsExactly(0, ROOM, 0, 0);
    }

    @Test
    void aServerThatAskedForAnotherGroupIsSentItsShareAtOnce() throws IOException {
        // when
        run(2, gets("http", 2), "secp384r1");

        // then
        assertThat(hellos.get(0).shares()).containsExactly(POST_QUANTUM, X25519);
        assertThat(hellos.get(1).shares()).containsExactly(X25519, SECP384R1);
        assertThat(run.flows().get(1).synPayload()).as(run.toString()).isEqualTo(hellos.get(1).helloLength());
    }

    @ParameterizedTest
    @ValueSource(strings = {FOLLOWER, INSISTER})
    void aServerWithPostQuantumGroupsIsOfferedTheShareAlways(String groups) throws IOException {
        // when
        run(3, gets("http", 3), groups);

        // then: no hello is asked for twice
        assertThat(hellos).hasSize(3).allSatisfy(exchange -> {
            assertThat(exchange.shares()).containsExactly(POST_QUANTUM, X25519);
            assertThat(exchange.chosen()).isEqualTo(POST_QUANTUM);
        });
    }

    @Test
    void aFollowerThatLearnsThemIsNotOfferedTheShareBeforeItIsDue() throws IOException {
        // when
        run(3, gets("http", 3), CLASSICAL_SERVER, FOLLOWER);

        // then
        assertThat(hellos).extracting(CapturedHellos::chosen).containsExactly(X25519, X25519, X25519);
        assertThat(hellos.get(2).shares()).containsExactly(X25519, SECP256R1);
    }

    @Test
    void aFollowerThatLearnsThemChoosesThemOnceItIsDue() throws IOException {
        // when: due after less than a round trip
        run(3, gets("http", 3).property("niofastopen.keyShare.reoffer", 1), CLASSICAL_SERVER, FOLLOWER);

        // then
        assertThat(hellos).extracting(CapturedHellos::chosen).containsExactly(X25519, POST_QUANTUM, POST_QUANTUM);
    }

    @Test
    void anInsisterThatLearnsThemHasThemAtOnce() throws IOException {
        // when
        run(3, gets("http", 3), CLASSICAL_SERVER, INSISTER);

        // then: by a HelloRetryRequest, and by the share from then on
        assertThat(hellos).extracting(CapturedHellos::chosen).containsExactly(X25519, POST_QUANTUM, POST_QUANTUM);
        assertThat(hellos.get(1).shares()).containsExactly(X25519, SECP256R1);
        assertThat(hellos.get(2).shares()).containsExactly(POST_QUANTUM, X25519);
    }

    @Test
    void aServerOfTls12AloneHasNoUseForThemEither() throws IOException {
        // when
        run(2, gets("http", 2), server -> server.property("jdk.tls.server.protocols", "TLSv1.2"), CLASSICAL_SERVER);

        // then: its ServerHello says nothing of groups
        assertThat(hellos.get(0).shares()).containsExactly(POST_QUANTUM, X25519);
        assertThat(hellos.get(1).shares()).containsExactly(X25519, SECP256R1);
        assertThat(hellos.get(1).groups()).isEqualTo(hellos.get(0).groups());
        assertThat(run.flows().get(1).synPayload()).as(run.toString()).isEqualTo(hellos.get(1).helloLength());
    }

    @Test
    void theSharesAreTheJdksWhereThatIsSet() throws IOException {
        // when
        run(2, gets("http", 2).property("niofastopen.keyShare", "default"), CLASSICAL_SERVER);

        // then
        assertThat(hellos).hasSize(2).allSatisfy(exchange -> assertThat(exchange.shares()).containsExactly(POST_QUANTUM, X25519));
    }

    private static JavaProgram gets(String how, int times) {
        return JavaProgram.of(FreshGets.class).option("-javaagent:" + System.getProperty("provider.jar"))
            .option("--enable-native-access=ALL-UNNAMED").option("-Xshare:on").trusting(certificate)
            .property("java.util.logging.SimpleFormatter.format", "%4$s: %5$s%n")
            .property("niofastopen.window", Path50.LONG_WINDOW_MILLIS)
            .arguments(how, Path50.FAR, Path50.TLS_PORT, times);
    }

    private void run(int connections, JavaProgram client, String... groups) throws IOException {
        run(connections, client, server -> server, groups);
    }

    private void run(int connections, JavaProgram client, UnaryOperator<JavaProgram> with, String... groups) throws IOException {
        run(connections, lab -> lab.near(client), with, groups);
    }

    private void run(int connections, UnaryOperator<Lab> near, UnaryOperator<JavaProgram> with, String... groups) throws IOException {
        Path capture = ofThisTest.resolve("capture");
        JavaProgram server = JavaProgram.of(GroupsServer.class).withSwitch().property("niofastopen.server.queue", 16)
            .arguments(certificate.keyStore(), certificate.password(), Path50.TLS_PORT).arguments((Object[]) groups);
        run = Path50.run(near.apply(Lab.path(Path50.RTT_MILLIS).option("--pcap", capture).far(with.apply(server))));
        assertThat(run.out()).as(run.toString()).hasSize(connections).containsOnly("hello");
        assertThat(run.complaints()).isEmpty();
        hellos = CapturedHellos.in(capture, Path50.TLS_PORT);
        assertThat(hellos).hasSize(connections);
    }
}
