// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.waiting;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.niofastopen.it.LabTest;
import io.github.niofastopen.it.contract.ThreadKind;
import io.github.niofastopen.it.lab.JavaProgram;
import io.github.niofastopen.it.lab.Lab;
import io.github.niofastopen.it.lab.LabRun;
import io.github.niofastopen.it.program.EchoServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A close, an interrupt, a change of mode or a half-close, while another thread waits for a peer that doesn't answer, ends
 * as with the JDK's provider: whatever kinds of threads the two are, however few carriers there are, and however far the
 * connection has come. Nobody else stands still meanwhile. {@code target/disturbed-waits-*.txt} has both sides.
 */
@LabTest
@Tag("full")
class DisturbedWaitsIT {
    private static final String OPEN = "=ALL-UNNAMED";
    private static final int LONG_WINDOW_MILLIS = 60_000;
    /** So soon that the SYN with Fast Open has been given up before anything else happens. */
    private static final int AT_ONCE_MILLIS = 1;
    /**
     * Where our channels mean to do otherwise: the JDK's change of mode waits, under a monitor, for the call that waits for
     * the peer, and with it all virtual threads of a JDK 21. Ours overtakes, and the call waits on as it began.
     */
    private static final Disturbance OVERTAKES = Disturbance.CONFIGURE_BLOCKING;
    /** How cases end on the JDK's provider, by the number of carriers. */
    private static final Map<Integer, Endings> JDK = new ConcurrentHashMap<>();

    static Stream<Arguments> carriersAndHedges() {
        boolean virtual = ThreadKind.available().contains(ThreadKind.VIRTUAL);
        return Stream.of(Arguments.of(1, "off"), Arguments.of(1, AT_ONCE_MILLIS), Arguments.of(2, "off"))
            .filter(each -> virtual || each.get()[0].equals(1));
    }

    @ParameterizedTest(name = "{0} carriers, hedge {1}")
    @MethodSource("carriersAndHedges")
    void endAsWithTheJdksProvider(int carriers, Object hedge) throws IOException {
        // when
        Endings jdk = JDK.computeIfAbsent(carriers, count -> run(program(count)));
        Endings ours = run(program(carriers).withSwitch().property("niofastopen.loopback", true)
            .property("niofastopen.defer", "always").property("niofastopen.forget", 0)
            .property("niofastopen.window", LONG_WINDOW_MILLIS).property("niofastopen.hedge", hedge));

        // then
        write(jdk, ours, carriers + "-" + hedge);
        assertThat(ours.cases()).containsAll(jdk.cases());
        Set<String> worse = ours.worseThan(jdk);
        assertThat(worse.stream().filter(each -> !isMeant(each) && !tellsWhatTheSynTook(each, ours)).map(each -> line(each, jdk, ours))).isEmpty();
        assertThat(worse).anyMatch(each -> isOf(OVERTAKES, each));
    }

    private static boolean isMeant(String which) {
        return !which.startsWith(Moment.ESTABLISHED.name()) && isOf(OVERTAKES, which);
    }

    /** The JDK has nothing to send on the way to a connection: a write of which a part has left isn't compared there. */
    private static boolean tellsWhatTheSynTook(String which, Endings ours) {
        return which.startsWith(Moment.UNWRITTEN.name()) && isOf(Disturbance.SHUTDOWN_OUTPUT, which)
            && ours.of(which).matches("returned [1-9].*");
    }

    private static boolean isOf(Disturbance disturbance, String which) {
        return which.contains(" " + disturbance + " ");
    }

    private static JavaProgram program(int carriers) {
        return JavaProgram.of(DisturbedWaits.class)
            .property("jdk.virtualThreadScheduler.parallelism", carriers)
            .option("--add-exports=java.base/sun.nio.ch" + OPEN)
            .option("--add-opens=java.base/java.lang" + OPEN)
            .option("--add-opens=java.base/java.util.concurrent" + OPEN);
    }

    private static Endings run(JavaProgram program) {
        try {
            LabRun run = Lab.path(1).far(JavaProgram.of(EchoServer.class).arguments(443)).near(program).run();
            assertThat(run.status()).as(run.toString()).isZero();
            return Endings.parse(run.out());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Endings jdk, Endings ours, String how) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String each : ours.cases()) {
            lines.add(line(each, jdk, ours));
        }
        Files.write(Path.of("target", "disturbed-waits-" + Runtime.version().feature() + "-" + how + ".txt"), lines);
    }

    private static String line(String which, Endings jdk, Endings ours) {
        return which + "\n    JDK:  " + jdk.of(which) + "\n    ours: " + ours.of(which);
    }
}
