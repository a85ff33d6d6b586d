// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.niofastopen.it.lab.Certificate;
import io.github.niofastopen.it.lab.Flow;
import io.github.niofastopen.it.lab.JavaProgram;
import io.github.niofastopen.it.lab.Lab;
import io.github.niofastopen.it.lab.LabRun;
import io.github.niofastopen.it.program.FreshGets;
import io.github.niofastopen.it.program.HttpsFixture;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The agent beside OpenTelemetry's, which transforms the JDK's clients: each works as without the other, whoever is first. */
@LabTest
@Tag("full")
@Tag("clients")
class BesideTracingAgentIT {
    private static final int PORT = 8443;
    private static final int CONNECTIONS = 3;
    /** What it prints for each request that it traces. */
    private static final String SPAN = "io.opentelemetry.exporter.logging.LoggingSpanExporter";

    @TempDir
    static Path folder;
    private static Certificate certificate;

    @BeforeAll
    static void createCertificate() throws IOException {
        certificate = Certificate.createIn(folder);
    }

    @ParameterizedTest
    @CsvSource({"url, true", "url, false", "http, true", "http, false"})
    void connectionsGainAndRequestsAreTraced(String client, boolean oursFirst) throws IOException {
        // given
        JavaProgram program = JavaProgram.of(FreshGets.class).trusting(certificate);
        program = oursFirst ? traced(program.withAgent()) : traced(program).withAgent();
        program.property("jdk.tls.namedGroups", "x25519,secp256r1").property("niofastopen.window", Path50.LONG_WINDOW_MILLIS)
            .arguments(client, Path50.FAR, PORT, CONNECTIONS);

        // when
        LabRun run = Path50.run(Lab.path(Path50.RTT_MILLIS).far(server()).near(program));

        // then
        assertThat(run.out()).as(run.toString()).filteredOn("hello"::equals).hasSize(CONNECTIONS);
        assertThat(run.err()).as(run.toString()).noneMatch(line -> line.contains("TCP Fast Open is off"));
        assertThat(run.err()).as(run.toString()).filteredOn(line -> line.contains(SPAN)).hasSizeGreaterThanOrEqualTo(CONNECTIONS);
        List<Flow> later = run.flows().subList(1, run.flows().size());
        assertThat(later).as(run.toString()).hasSize(CONNECTIONS - 1)
            .allMatch(flow -> flow.synCarriesClientHello() && flow.synDataWasAcknowledged());
    }

    private static JavaProgram traced(JavaProgram program) {
        return program.option("-javaagent:" + tracingAgent()).property("otel.traces.exporter", "logging")
            .property("otel.metrics.exporter", "none").property("otel.logs.exporter", "none");
    }

    private static String tracingAgent() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> entry.contains("opentelemetry-javaagent")).findFirst().orElseThrow();
    }

    private static JavaProgram server() {
        return JavaProgram.of(HttpsFixture.class).withSwitch().property("niofastopen.server.queue", 16)
            .arguments(certificate.keyStore(), certificate.password(), 0, PORT);
    }
}
