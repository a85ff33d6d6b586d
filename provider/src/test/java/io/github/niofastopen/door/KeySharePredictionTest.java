// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.niofastopen.AgentJar;
import io.github.niofastopen.ChildJvm;
import io.github.niofastopen.FastOpenAgent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The JDK's own handshakes while key shares are predicted: 4588 is X25519MLKEM768, 29 x25519, 23 and 24 are secp256r1 and
 * secp384r1. The JDK's own shares are 4588 and 29.
 */
@EnabledForJreRange(minVersion = 27)
class KeySharePredictionTest {
    @TempDir
    static Path folder;
    private static Map<String, String> seen;

    @BeforeAll
    static void shakeHands() throws Exception {
        seen = run(List.of());
    }

    private static Map<String, String> run(List<String> options, String... arguments) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(options);
        all.add(AgentJar.option(FastOpenAgent.class, folder));
        all.add("-Xshare:auto");
        all.add("--enable-native-access=ALL-UNNAMED");
        List<String> words = new ArrayList<>();
        words.add(keyStore("keys.p12", "example").toString());
        words.add(keyStore("stranger.p12", "example").toString());
        words.add(keyStore("elsewhere.p12", "elsewhere").toString());
        words.addAll(List.of(arguments));
        ChildJvm.Result child = ChildJvm.runWithoutSwitch(KeyShareScenarios.class, folder, all, words.toArray(String[]::new));
        assertThat(child.errors()).isEmpty();
        assertThat(child.errorsOfTheJvm()).isEmpty();
        Map<String, String> lines = new LinkedHashMap<>();
        for (String line : child.output()) {
            lines.put(line.substring(0, line.indexOf(": ")), line.substring(line.indexOf(": ") + 2));
        }
        return lines;
    }

    /** With a certificate for all names of a domain. */
    private static Path keyStore(String name, String domain) throws IOException, InterruptedException {
        Path file = folder.resolve(name);
        if (!file.toFile().exists()) {
            Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair",
                "-keyalg", "EC", "-groupname", "secp256r1", "-alias", "key", "-dname", "CN=" + domain, "-ext", "SAN=dns:*." + domain,
                "-storepass", "changeit", "-keystore", file.toString()).redirectErrorStream(true).start();
            String printed = new String(keytool.getInputStream().readAllBytes());
            assertThat(keytool.waitFor()).as(printed).isZero();
        }
        return file;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        classical, met first                            | [4588, 29] chose [29]
        classical, met again                            | [29, 23] chose [29]
        classical, on another port                      | [4588, 29] chose [29]
        classical, offered again                        | [4588, 29] chose [29]
        classical, met after that                       | [29, 23] chose [29]
        classical, forgotten                            | [4588, 29] chose [29]
        secp384r1, met first                            | [4588, 29] [24] retry [24] chose [24]
        secp384r1, met again                            | [29, 24] chose [24]
        """)
    void aServerThatChoseAClassicalGroupIsSentClassicalSharesUntilThePostQuantumOneIsDueAgain(String handshake, String hellos) {
        assertThat(seen).containsEntry(handshake, hellos);
    }

    @Test
    void theGroupsThatTheClientSupportsAreToldAsEver() {
        assertThat(seen.get("classical, groups")).startsWith("[4588, 29, 23").isEqualTo(seen.get("groups"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        follower that learns post-quantum, between       | [29, 23] chose [29]
        follower that learns post-quantum, offered again | [4588, 29] chose [4588]
        follower that learns post-quantum, after that    | [4588, 29] chose [4588]
        insister that learns post-quantum, at once       | [29, 23] [4588] retry [4588] chose [4588]
        insister that learns post-quantum, after that    | [4588, 29] chose [4588]
        name with several servers, one of them post-quantum | [4588, 29] chose [29]
        """)
    void aServerThatLearnsPostQuantumIsNoticed(String handshake, String hellos) {
        assertThat(seen).containsEntry(handshake, hellos);
    }

    /** Whoever is in between can write a ServerHello, but can't end the handshake. */
    @Test
    void aServerHelloAloneTeachesNothing() {
        assertThat(seen).containsEntry("classical ServerHello without an end, met again", "[4588, 29] chose [4588]");
    }

    /**
     * Whoever is in between can end the handshake of a client that authenticates nobody, or that looks at the certificate's name later.
     */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        trusts all, met again                           | [29, 23] chose [29]
        authenticates, after one that trusts all        | [4588, 29] chose [29]
        names none, after a certificate of another name | [4588, 29] chose [29]
        names none, met again                           | [29, 23] chose [29]
        names the server, after one that names none     | [4588, 29] chose [29]
        names the server, met again                     | [29, 23] chose [29]
        """)
    void whatIsLearnedCountsForThoseAloneThatAuthenticateTheServerAlike(String handshake, String hellos) {
        assertThat(seen).containsEntry(handshake, hellos);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        where it fits                                   | [4588, 29] chose [29]
        nameless                                        | [4588, 29] chose [29]
        fault of ours                                   | [4588, 29] chose [29]
        client's groups, the chosen one not among them  | [4588, 23] chose [23]
        client's groups, another post-quantum one       | [4587, 29] chose [29]
        client's groups, none post-quantum              | [23, 29] chose [23]
        datagrams, written                              | true
        """)
    void whereThereIsNothingToPredictTheSharesAreTheJdks(String handshake, String hellos) {
        assertThat(seen).containsEntry(handshake, hellos);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        where it doesn't fit even so                    | [4588, 29] chose [29]
        where it doesn't fit even so, met again         | [4588, 29] chose [29]
        where it doesn't fit even so, offered again     | [4588, 29] chose [29]
        where it doesn't fit even so, met after that    | [4588, 29] chose [29]
        where it fits so alone once more                | [29, 23] chose [29]
        """)
    void whereNothingWouldBeSavedEvenSoTheSharesAreTheJdks(String handshake, String hellos) {
        assertThat(seen).containsEntry(handshake, hellos);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        client authentication                        | [29, 23] chose [29]
        resumption                                   | [29, 23] resumes chose [29]
        resumption, offered again                    | [4588, 29] resumes chose [29]
        resumption, met after that                   | [29, 23] resumes chose [29]
        TLS 1.2, met first                           | [4588, 29] chose []
        TLS 1.2                                      | [29, 23] chose []
        resumption of TLS 1.2                        | [29, 23] chose []
        resumption of TLS 1.2, is of the same session | true
        resumption of TLS 1.2, offered again         | [4588, 29] chose []
        resumption of TLS 1.2, after one in full     | [29, 23] chose []
        at a time                                    | [[29, 23] chose [29], [4588, 29] chose [4588]]
        """)
    void allKindsOfHandshakesArePredicted(String handshake, String hellos) {
        assertThat(seen).containsEntry(handshake, hellos);
    }

    /** It must not come out of the application's first connect; what the JVM has no more of must. */
    @ParameterizedTest
    @CsvSource({"java.lang.InternalError, closed: java.lang.InternalError", "java.lang.OutOfMemoryError, thrown: java.lang.OutOfMemoryError"})
    void whatGoesWrongInsideTheJvmClosesTheDoor(String error, String outcome) throws Exception {
        // when
        ChildJvm.Result child = ChildJvm.runWithoutSwitch(FaultyKey.class, folder, List.of(), error);

        // then
        assertThat(child.output()).containsExactly(outcome);
    }

    /** JDK 27 doesn't tell that a handshake has ended that resumes a session of TLS 1.2. */
    @Test
    void ofTls12AResumedHandshakeTeachesFromJdk28On() {
        assertThat(seen).containsEntry("resumption of TLS 1.2, met after that",
            Runtime.version().feature() == 27 ? "[4588, 29] chose []" : "[29, 23] chose []");
    }

    /** As where a policy allows no others. */
    @Test
    void aJvmWithoutPostQuantumGroupsSendsTheSharesOfItsOwn() throws Exception {
        // when
        Map<String, String> lines = run(List.of("-Djdk.tls.namedGroups=secp256r1,secp384r1"), "classical");

        // then
        assertThat(lines).containsEntry("groups", "[23, 24]").containsEntry("classical, met again", "[23] chose [23]");
    }
}
