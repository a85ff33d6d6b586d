// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.niofastopen.clients.client.AngusMail;
import io.github.niofastopen.clients.client.Client;
import io.github.niofastopen.clients.client.JdkHttp1;
import io.github.niofastopen.clients.client.Lettuce;
import io.github.niofastopen.clients.client.PostgresJdbc;
import io.github.niofastopen.it.lab.Certificate;
import io.github.niofastopen.it.lab.Flow;
import io.github.niofastopen.it.lab.InstalledJdk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Protocols that don't begin with a ClientHello, in one JVM with a client that does: the kernel has a cookie for the address
 * of their servers, and the JVM has the switch.
 */
@Tag("full")
@Tag("clients")
class OtherProtocolsIT {
    private static final int EXCHANGES = 5;

    /** A protocol, and what is said of its port. */
    record Protocol(Step step, Class<? extends Client> client, String what) {
    }

    static final List<Protocol> PROTOCOLS = List.of(
        protocol("smtp", 25, AngusMail.class, "Angus Mail, SMTP with STARTTLS"),
        protocol("smtp-on-465", 465, AngusMail.class, "Angus Mail, SMTP with STARTTLS, on a port where TLS is expected"),
        protocol("postgresql", 5432, PostgresJdbc.class, "PostgreSQL JDBC, with FastOpenSocketFactory"),
        protocol("redis", 6379, Lettuce.class, "Lettuce, Redis"),
        protocol("redis-on-6443", 6443, Lettuce.class, "Lettuce, Redis, on a port where TLS is expected"));

    @TempDir
    static Path folder;

    /** Its user must be able to reach it. */
    private static Path postgresFolder;

    @BeforeAll
    static void prepare() throws IOException {
        Needs.lab();
        postgresFolder = Files.createTempDirectory("nio-fastopen-pg-");
    }

    @AfterAll
    static void deletePostgresFolder() throws IOException {
        if (postgresFolder != null) {
            try (Stream<Path> files = Files.walk(postgresFolder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    @Test
    void theyWorkAreNotHeldBackAfterTheFirstConnectionAndNothingOfTheirsRides() throws IOException, InterruptedException {
        // given
        Certificate certificate = Certificate.createIn(folder);
        List<String> far = new ArrayList<>(List.of("sh", "-c", servers()));
        far.addAll(embedded(certificate));

        // when
        List<Comparison.Call> calls = new ArrayList<>(List.of(new Comparison.Call(Step.FRESH, JdkHttp1.class, "/")));
        PROTOCOLS.forEach(protocol -> calls.add(new Comparison.Call(protocol.step, protocol.client, "")));
        Comparison run =
            Comparison.run(lab -> ClientRun.ready(lab.far(far)), InstalledJdk.running(), certificate, program -> { }, calls);

        // then
        assertThat(run.after().laterFlows()).as(run.toString()).isNotEmpty().allMatch(Flow::synCarriesClientHello);
        for (Protocol protocol : PROTOCOLS) {
            Step step = protocol.step;
            assertThat(run.before().outcomes(step)).as(run.toString()).hasSize(EXCHANGES).allMatch(Pass::isSuccess);
            assertThat(run.after().outcomes(step)).as(run.toString()).hasSize(EXCHANGES).allMatch(Pass::isSuccess);
            List<Flow> flows = run.after().flows(step);
            assertThat(flows).as(run.toString()).hasSizeGreaterThanOrEqualTo(EXCHANGES)
                .allMatch(flow -> flow.synPayload() == 0);
            // Not slower: an ordinary SYN, held back by nobody.
            assertThat(flows.subList(1, flows.size())).as(run.toString())
                .allMatch(flow -> flow.cookie().equals("none") && flow.syns() == 1);
        }
        Report.add(run);
    }

    @AfterAll
    static void report() throws IOException {
        Report.write();
    }

    private static Protocol protocol(String name, int port, Class<? extends Client> client, String what) {
        return new Protocol(new Step(name, port, "fresh", EXCHANGES), client, what);
    }

    /** What the embedded servers are started by, as the words that follow a shell's command. */
    private static List<String> embedded(Certificate certificate) {
        return ClientRun.farEnd(certificate, certificate)
            .arguments("jdk", Step.FRESH.port(), "smtp", 25, "smtp", 465).command();
    }

    /** A shell's command: the servers of Debian's packages in the background, then the words that follow. */
    private static String servers() throws IOException, InterruptedException {
        String redis = Needs.program("redis-server", "redis-server")
            + " --save '' --appendonly no --bind 0.0.0.0 --protected-mode no --port ";
        return redis + "6379 >&2 & " + redis + "6443 >&2 & " + PostgresServer.createIn(postgresFolder)
            + " >&2 & exec \"$0\" \"$@\"";
    }
}
