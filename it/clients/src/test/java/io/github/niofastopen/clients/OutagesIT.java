// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.niofastopen.clients.server.FarEnd;
import io.github.niofastopen.it.lab.Certificate;
import io.github.niofastopen.it.lab.InstalledJdk;
import io.github.niofastopen.it.lab.JavaProgram;
import io.github.niofastopen.it.lab.Lab;
import io.github.niofastopen.it.lab.LabRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Hosts that die or refuse once their cookie is known, as clients meet them that give a connect two seconds. */
@Tag("full")
@Tag("clients")
class OutagesIT {
    private static final int CONNECT_TIMEOUT_MILLIS = 2000;
    private static final int PATIENCE_SECONDS = 600;

    @TempDir
    static Path folder;
    private static Certificate certificate;

    @BeforeAll
    static void prepare() throws IOException {
        Needs.lab();
        Needs.program("nft", "nftables");
        certificate = Certificate.createIn(folder);
    }

    static Stream<Row> rows() {
        String only = System.getProperty("clients.only", ".*");
        return OutageReport.ROWS.stream().filter(row -> row.name.matches(only));
    }

    @ParameterizedTest(name = "{0}", allowZeroInvocations = true)
    @MethodSource("rows")
    void fromTheSecondTimeOnAHostThatIsOutIsMetAsEver(Row row) throws IOException {
        // when
        OutageRun jdks = run(row, program -> program);
        OutageRun ours = run(row, row.byAgent ? JavaProgram::withAgent : JavaProgram::withSwitch);

        // then
        for (Outage outage : Outage.values()) {
            assertThat(ours.second(outage).what()).as("%s, the second time when the host %s, %s", row, outage.words(), ours)
                .isEqualTo(jdks.second(outage).what());
            assertThat(ours.first(outage).what()).as("%s, the first time when the host %s, %s", row, outage.words(), ours)
                .isNotEqualTo("nothing");
        }
        assertThat(ours.first(Outage.ROTATED).what()).as("%s: what may have died isn't deferred, %s", row, ours)
            .isEqualTo(jdks.first(Outage.ROTATED).what());
        OutageReport.add(row, jdks, ours);
    }

    private static OutageRun run(Row row, UnaryOperator<JavaProgram> activation) throws IOException {
        Path hosts = Files.createTempFile(folder, "hosts", "");
        JavaProgram client = ShortLived.program(Outages.class, InstalledJdk.running()).trusting(certificate)
            .property("clients.connect.timeout", CONNECT_TIMEOUT_MILLIS).property("jdk.net.hosts.file", hosts)
            .property("sun.net.inetaddr.ttl", 0).property("niofastopen.window", ClientRun.WINDOW_MILLIS)
            .arguments(row.client.getName(), hosts);
        row.properties.forEach(property -> client.option("-D" + property));
        ClientRun.withoutOtherTls(client, row);
        LabRun run = Lab.path(Comparison.RTT_MILLIS).option("--timeout", PATIENCE_SECONDS).option("--far-tfo", ClientRun.FAR_TFO)
            .option("--wait-port", FarEnd.READY_PORT).option("--wait", Comparison.PATIENCE_SECONDS)
            .far(ClientRun.farEnd(certificate, certificate).arguments("jdk", 443))
            .near(activation.apply(client)).run();
        assertThat(run.status()).as(run.toString()).isZero();
        return OutageRun.of(run);
    }

    @AfterAll
    static void report() throws IOException {
        OutageReport.write();
    }
}
