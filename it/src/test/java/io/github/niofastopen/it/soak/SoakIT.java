// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.niofastopen.it.LabTest;
import io.github.niofastopen.it.lab.JavaProgram;
import io.github.niofastopen.it.lab.Lab;
import io.github.niofastopen.it.lab.LabRun;
import io.github.niofastopen.it.outcomes.Deferred;
import io.github.niofastopen.it.program.EchoServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Many connections, every one deferred, leave nothing behind and lose nothing. Alone on the machine, which they keep busy.
 */
@LabTest
@Isolated
@Tag("full")
class SoakIT {
    private static final int CONNECTIONS = Integer.getInteger("lab.soak.connections", 2_000);
    private static final int WITHOUT_COOKIE = 0x607;
    private static final int WINDOW_MILLIS = 25;
    private static final int TIMEOUT_SECONDS = 3_000;
    /** In KiB. What has been compiled and cached meanwhile; an object left over by each connection would be more. */
    private static final long HEAP_GROWTH = 2_048 + CONNECTIONS / 40;
    /**
     * In KiB. Compiled code, metaspace and the C library's arenas go on growing for a while: with the JDK's provider, the
     * full soak makes the process grow by 26 MiB. 150 bytes lost with each connection would be as much again.
     */
    private static final long RESIDENT_GROWTH = 32_768 + CONNECTIONS / 10;

    @Test
    void connectionsLeaveNothingBehindAndLoseNothing() throws IOException {
        // when
        LabRun run = Lab.path(1).nearSysctl(WITHOUT_COOKIE).option("--timeout", TIMEOUT_SECONDS)
            .far(JavaProgram.of(EchoServer.class).arguments(443))
            .near(JavaProgram.of(SoakProgram.class).withAgent()
                .property("niofastopen.loopback", true).property("niofastopen.defer", "always")
                .property("niofastopen.window", WINDOW_MILLIS)
                .option("-Xms256m").option("-Xmx256m").option("-XX:+AlwaysPreTouch")
                .arguments(CONNECTIONS, WINDOW_MILLIS))
            .watchedBy(System.out::println)
            .run();

        // then
        Files.write(Path.of("target", "soak-" + Runtime.version().feature() + ".txt"), run.out());
        assertThat(run.status()).as(run.toString()).isZero();
        assertThat(run.out()).noneMatch(line -> line.startsWith("disagreement"))
            .contains("connections\t" + CONNECTIONS);
        Deferred deferred = Deferred.parse(run.out()).orElseThrow();
        assertThat(deferred.held()).as("SYNs that were held back").isGreaterThan(CONNECTIONS / 2);
        assertThat(deferred.acknowledged()).as("SYNs with a ClientHello").isGreaterThan(CONNECTIONS / 10);
        List<Leftovers> leftovers = run.out().stream().map(Leftovers::parse).flatMap(Optional::stream).toList();
        Leftovers before = leftovers.get(0);
        Leftovers after = leftovers.get(1);
        assertThat(after.channels()).as("channels and timers").isZero();
        assertThat(after.descriptors()).as("descriptors").isLessThanOrEqualTo(before.descriptors());
        assertThat(after.sockets()).as("sockets").isLessThanOrEqualTo(before.sockets());
        assertThat(after.threads()).as("threads").isLessThanOrEqualTo(before.threads());
        assertThat(after.heapKib()).as("heap").isLessThan(before.heapKib() + HEAP_GROWTH);
        assertThat(after.residentKib()).as("native memory").isLessThan(before.residentKib() + RESIDENT_GROWTH);
    }
}
