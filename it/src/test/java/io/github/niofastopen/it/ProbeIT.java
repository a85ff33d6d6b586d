// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.niofastopen.it.lab.Certificate;
import io.github.niofastopen.it.lab.Flow;
import io.github.niofastopen.it.lab.JavaProgram;
import io.github.niofastopen.it.lab.Lab;
import io.github.niofastopen.it.lab.LabRun;
import io.github.niofastopen.it.program.HttpsFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the probe says of servers, and of paths to them, held against what passed on the path. */
@LabTest
@Tag("full")
class ProbeIT {
    private static final String JAR = System.getProperty("provider.jar");
    private static final String URL = "https://192.0.2.2/";
    private static final int WARM_UP = 0;
    /** A busy machine may take longer than the default for a handshake. */
    private static final int PATIENCE_SECONDS = 100;

    @TempDir
    static Path shared;
    @TempDir
    Path folder;
    private static Certificate certificate;

    @BeforeAll
    static void makeCertificate() throws IOException {
        certificate = Certificate.createIn(shared);
    }

    @Test
    void aServerThatTakesTheClientHelloFromTheSyn() throws IOException {
        // when
        LabRun run = run(probe("-n", "3", URL));

        // then: by turns, after the first two
        assertThat(run.status()).as(run.toString()).isZero();
        assertThat(run.flows()).extracting(Flow::cookie).containsExactly("none", "asked", "none", "sent", "none", "sent", "none", "sent");
        assertThat(run.flows()).filteredOn(Flow::synCarriesClientHello).hasSize(3).allMatch(Flow::synDataWasAcknowledged);
        assertThat(run.out()).contains("  cookie            granted, 8 bytes", "  data in the SYN   accepted (3 of 3 connections)");
        assertThat(String.join(" ", run.out())).contains("The server takes the ClientHello from the SYN. That saves ");
        int hello = run.flows().get(3).synPayload();
        assertThat(run.out()).contains("  ClientHello       " + hello + " bytes; one SYN holds 1420");
    }

    @Test
    void inJsonItTellsEachConnection() throws IOException {
        // when
        LabRun run = run(probe("-n", "2", "--json", URL));

        // then
        JsonNode server = json(run).get("servers").get(0);
        assertThat(server.get("verdict").asText()).as(run.toString()).isEqualTo("ACCEPTED");
        assertThat(server.get("roundTripMillis").asDouble()).isGreaterThanOrEqualTo(Path50.RTT_MILLIS);
        assertThat(server.get("ordinary")).hasSize(2).allMatch(one -> one.get("firstByteMillis").asDouble() >= 3 * Path50.RTT_MILLIS);
        assertThat(server.get("fastOpen")).hasSize(2).allMatch(one -> one.get("outcome").asText().equals("ACCEPTED"));
        assertThat(server.get("fastOpen").get(0).get("bytesAccepted").asInt()).isEqualTo(run.flows().get(3).synPayload());
    }

    @Test
    void aHostAndAPortAreNotAskedForAnything() throws IOException {
        // when
        LabRun run = run(probe("-n", "1", "--json", "192.0.2.2:443"));

        // then
        JsonNode server = json(run).get("servers").get(0);
        assertThat(server.get("firstByteMillis").isNull()).as(run.toString()).isTrue();
        assertThat(server.get("handshakeMillis").get("ordinary").asDouble()).isGreaterThanOrEqualTo(2 * Path50.RTT_MILLIS);
        assertThat(run.status()).isZero();
    }

    @Test
    void aServerThatDoesNotSupportIt() throws IOException {
        // when
        LabRun run = run(path().option("--far-tfo", 0), probe(URL));

        // then
        assertThat(run.status()).as(run.toString()).isEqualTo(1);
        assertThat(run.out()).contains("  cookie            none granted")
            .anyMatch(line -> line.startsWith("-> nginx: listen 443 ssl fastopen="));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        drop-syn-data   | LOST        | HEDGED
        drop-syn-option | OPTION_LOST | HEDGED
        rst-syn-data    | REFUSED     | RESET
        strip-data      | IGNORED     | DATA_NOT_ACKNOWLEDGED
        strip-option    | NO_COOKIE   | NO_COOKIE
        """)
    void aPathThatDoesNotBearIt(String fault, String verdict, String outcome) throws IOException {
        // when
        LabRun run = run(path().option("--fault", fault), probe("-n", "2", "--json", URL));

        // then: each connection has met the fault
        JsonNode server = json(run).get("servers").get(0);
        assertThat(server.get("verdict").asText()).as(run.toString()).isEqualTo(verdict);
        assertThat(server.get("fastOpen").findValuesAsText("outcome")).containsExactly(outcome, outcome);
        assertThat(run.status()).isEqualTo(1);
    }

    @Test
    void whatTheKernelCountsIsTheKernels() throws IOException {
        // when: the kernel sends the SYN again after a second
        LabRun run = run(path().option("--fault", "drop-syn-data"), probe("-n", "2", "--json", URL).property("niofastopen.hedge", "off"));

        // then: its count of lost SYNs doesn't keep the second from being tried
        JsonNode server = json(run).get("servers").get(0);
        assertThat(server.get("fastOpen").findValuesAsText("outcome")).as(run.toString()).containsExactly("SYN_RESENT", "SYN_RESENT");
        assertThat(server.get("verdict").asText()).isEqualTo("LOST");
    }

    @Test
    void aClientHelloThatOneSynDoesNotHold() throws IOException {
        // given: the names of so many authorities in the ClientHello
        JavaProgram probe = ManyAuthorities.trustedBy(probe("-n", "1", URL), certificate, folder);

        // when
        LabRun run = run(path(), probe);

        // then
        assertThat(run.status()).as(run.toString()).isEqualTo(1);
        assertThat(run.flows().get(3).synPayload()).isEqualTo(1420);
        assertThat(run.out()).contains("  data in the SYN   accepted in part (1 of 1 connection)")
            .anyMatch(line -> line.startsWith("-> a ClientHello without the extension certificate_authorities,") && line.endsWith("(leaving it out changes no secrecy)"))
            .noneMatch(line -> line.contains("namedGroups"));
    }

    @Test
    void theClientHelloIsTakenApart() throws IOException {
        // when
        LabRun run = run(probeAsItComes("-n", "1", "--json", URL));

        // then: as it travelled in the SYN; the one before it, which resumed a session, has a ticket
        JsonNode server = json(run).get("servers").get(0);
        JsonNode hello = server.get("clientHello");
        int bytes = hello.get("bytes").asInt();
        assertThat(Math.min(bytes, 1420)).as(run.toString()).isEqualTo(run.flows().get(3).synPayload());
        assertThat(hello.get("keyShares").findValuesAsText("group")).hasSize(2).contains("x25519");
        assertThat(hello.get("ticketBytes").asInt()).isZero();
        assertThat(server.get("resumingClientHello").get("ticketBytes").asInt()).isPositive();
        assertThat(server.get("resumingClientHello").get("bytes").asInt()).isGreaterThan(bytes);
    }

    @Test
    void whatTheServerAsksForByAHelloRetryRequestIsTold() throws IOException {
        // when: it has a group alone that clients send no share of
        LabRun run = run(path(), probeAsItComes("-n", "1", URL), server -> server.property("jdk.tls.namedGroups", "secp384r1"));

        // then
        assertThat(run.out()).as(run.toString())
            .contains("  key agreement     secp384r1, not post-quantum, asked for by a HelloRetryRequest");
    }

    @Test
    void whereAPostQuantumShareIsSentOtherSharesAreTriedAndWhatTheyCostInSecrecyIsTold() throws IOException {
        assumeTrue(Runtime.version().feature() >= 27, "sends no post-quantum share");

        // when: to a server that takes the share that it is sent, and to one without post-quantum groups
        JsonNode following = json(run(probeAsItComes("-n", "1", "--json", URL))).get("servers").get(0);
        LabRun classicalRun = run(path(), probeAsItComes("-n", "1", "--json", URL), server -> server.property("jdk.tls.namedGroups", "x25519,secp256r1"));
        JsonNode classical = json(classicalRun).get("servers").get(0);

        // then
        assertThat(following.get("keyShareTrials").findValuesAsText("postQuantumKept")).containsExactly("true", "true", "false");
        assertThat(following.get("remedy").get(0).asText()).startsWith("leave the key shares as they are").contains("post-quantum secrecy lost");
        assertThat(classical.get("keyShareTrials").findValuesAsText("postQuantumKept")).containsExactly("true", "true", "true");
        assertThat(classical.get("remedy").get(0).asText()).startsWith("java -javaagent:").contains("no secrecy is lost");
        // and: what was tried is what was sent
        int predicted = classical.get("keyShareTrials").get(1).get("clientHelloBytes").asInt();
        assertThat(classicalRun.flows()).extracting(Flow::synPayload).as(classicalRun.toString()).containsExactly(0, 0, 0, 1420, predicted);
    }

    @Test
    void ofSeveralServersTheLastLinesAreASummary() throws IOException {
        // when: one of them by IPv6
        Path file = Files.writeString(folder.resolve("servers"), "# the same by its other address\nhttps://[2001:db8::2]/\n");
        LabRun run = run(probe("-n", "1", URL, "-f", file.toString(), "192.0.2.2:444"));

        // then
        assertThat(run.status()).as(run.toString()).isEqualTo(4);
        assertThat(run.out().subList(run.out().size() - 2, run.out().size())).satisfiesExactly(
            line -> assertThat(line).startsWith(URL).endsWith("accepted"),
            line -> assertThat(line).startsWith("https://[2001:db8::2]/").endsWith("accepted"));
        assertThat(run.err()).anyMatch(line -> line.startsWith("nio-fastopen probe: 192.0.2.2:444: Connection refused")
            && line.endsWith(" (192.0.2.2 port 444)"));
    }

    @Test
    void aServerThatDoesNotAnswerIsGivenUpInTime() throws IOException {
        // when
        LabRun run = run(probe("--timeout", "0.5", "192.0.2.200"));

        // then
        assertThat(run.status()).as(run.toString()).isEqualTo(4);
        assertThat(run.err()).contains("nio-fastopen probe: 192.0.2.200: no answer within 0.5 s (192.0.2.200 port 443)");
    }

    @Test
    void anAddressOfTheOtherFamilyWillNotDo() throws IOException {
        // when
        LabRun run = run(probe("-6", URL));

        // then
        assertThat(run.status()).as(run.toString()).isEqualTo(4);
        assertThat(run.err()).contains("nio-fastopen probe: " + URL + ": no address of that family is known of 192.0.2.2");
    }

    @Test
    void aCertificateThatIsNotTrustedIsRefusedUnlessThatIsAskedFor() throws IOException {
        // when
        LabRun verified = run(path(), JavaProgram.jar(JAR).property("jdk.tls.namedGroups", "x25519").arguments("probe", "-n", 1, URL));
        LabRun insecure = run(path(), JavaProgram.jar(JAR).property("jdk.tls.namedGroups", "x25519").arguments("probe", "-n", 1, "--insecure", URL));

        // then
        assertThat(verified.status()).as(verified.toString()).isEqualTo(5);
        assertThat(verified.err()).anyMatch(line -> line.startsWith("nio-fastopen probe: " + URL + ": TLS failed: ")
            && line.endsWith("; --insecure probes all the same"));
        assertThat(insecure.status()).as(insecure.toString()).isZero();
    }

    @Test
    void whatIsNoTlsServerIsSaidToBeNone() throws IOException {
        // when
        LabRun run = Lab.path(Path50.RTT_MILLIS).far(Path50.echoServer()).near(probe("192.0.2.2")).run();

        // then
        assertThat(run.status()).as(run.toString()).isEqualTo(5);
        assertThat(run.err()).anyMatch(line -> line.startsWith("nio-fastopen probe: 192.0.2.2: TLS failed: "));
    }

    @ParameterizedTest
    @CsvSource({"sendto, allow it in the seccomp profile", "fastopen-option, ''"})
    void whereTheMachineDoesNotAllowItThatIsSaid(String rule, String remedy) throws IOException {
        // when
        LabRun run = run(probe("-n", "1", URL).startedBy(System.getProperty("sandbox.program"), rule));

        // then
        assertThat(run.status()).as(run.toString()).isEqualTo(3);
        assertThat(String.join(" ", run.err()) + String.join(" ", run.out())).contains(remedy).contains("sandbox");
    }

    @Test
    void aFileThatCannotBeWrittenIsSaidToBeNone() throws IOException {
        // when
        LabRun run = run(probe("-n", "1", "--plot", "/nowhere/plot.svg", URL));

        // then: with the answer
        assertThat(run.status()).as(run.toString()).isEqualTo(6);
        assertThat(run.err()).anyMatch(line -> line.startsWith("nio-fastopen probe: can't write /nowhere/plot.svg: "));
        assertThat(run.out()).contains("  data in the SYN   accepted (1 of 1 connection)");
    }

    private static Lab path() {
        return Lab.path(Path50.RTT_MILLIS).option("--wait-port", 443).option("--wait", 120);
    }

    /** Its ClientHello finds room in a SYN, whatever this JDK's default. */
    private static JavaProgram probe(String... words) {
        return probeAsItComes(words).property("jdk.tls.namedGroups", "x25519,secp256r1");
    }

    private static JavaProgram probeAsItComes(String... words) {
        JavaProgram probe = JavaProgram.jar(JAR).trusting(certificate).arguments("probe");
        return (List.of(words).contains("--timeout") ? probe : probe.arguments("--timeout", PATIENCE_SECONDS))
            .arguments((Object[]) words);
    }

    private static LabRun run(JavaProgram probe) throws IOException {
        return run(path(), probe);
    }

    private static LabRun run(Lab lab, JavaProgram probe) throws IOException {
        return run(lab, probe, server -> server);
    }

    private static LabRun run(Lab lab, JavaProgram probe, UnaryOperator<JavaProgram> with) throws IOException {
        JavaProgram server = JavaProgram.of(HttpsFixture.class).withSwitch().property("niofastopen.server.queue", 16)
            .arguments(certificate.keyStore(), certificate.password(), WARM_UP, 443);
        return lab.far(with.apply(server)).near(probe).run();
    }

    private static JsonNode json(LabRun run) throws IOException {
        return new ObjectMapper().readTree(String.join("\n", run.out()));
    }
}
