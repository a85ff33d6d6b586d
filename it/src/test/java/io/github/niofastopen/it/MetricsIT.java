// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.niofastopen.it.lab.JavaProgram;
import io.github.niofastopen.it.lab.Lab;
import io.github.niofastopen.it.lab.LabRun;
import io.github.niofastopen.it.program.Scenario;
import io.github.niofastopen.it.program.Scraped;
import java.io.File;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What Prometheus gets by its JMX exporter with the rules in docs/jmx-exporter.yml. */
@LabTest
@Tag("full")
class MetricsIT {
    private static final int EXPORTER_PORT = 9404;

    @Test
    void outcomesAreCountersAndTheBeansFlagsGauges() throws IOException {
        // when
        LabRun run = Path50.run(Lab.path(Path50.RTT_MILLIS).far(Path50.echoServer()).near(client()));

        // then
        assertThat(run.flows()).hasSize(3);
        assertThat(run.out()).as(run.toString()).contains("niofastopen_connections_total{outcome=\"NO_COOKIE\"} 1.0",
            "niofastopen_connections_total{outcome=\"ACCEPTED\"} 2.0", "niofastopen_connections_total{outcome=\"HEDGED\"} 0.0",
            "niofastopen_enabled 1.0", "niofastopen_refused 0.0");
    }

    @Test
    void aPathThatIsAvoidedIsAGauge() throws IOException {
        // when
        LabRun run = Path50.run(Lab.path(Path50.RTT_MILLIS).option("--fault", "rst-syn-data")
            .far(Path50.echoServer()).near(client()));

        // then
        assertThat(run.out()).as(run.toString()).contains("niofastopen_connections_total{outcome=\"RESET\"} 1.0")
            .anyMatch(line -> line.startsWith("niofastopen_path_avoided_seconds{path=\"") && line.contains(Path50.FAR));
    }

    private static JavaProgram client() {
        return JavaProgram.of(Scraped.class).withAgent()
            .option("-javaagent:" + exporter() + "=" + EXPORTER_PORT + ":../docs/jmx-exporter.yml")
            .property("niofastopen.window", Path50.LONG_WINDOW_MILLIS)
            .arguments("http://127.0.0.1:" + EXPORTER_PORT + "/metrics", Path50.FAR, Path50.TLS_PORT,
                Scenario.BLOCKING_HEAP, Scenario.BLOCKING_HEAP);
    }

    private static String exporter() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> entry.contains("jmx_prometheus_javaagent")).findFirst().orElseThrow();
    }
}
