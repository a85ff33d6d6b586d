// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.clients;

import io.github.niofastopen.clients.server.FarEnd;
import io.github.niofastopen.it.lab.Certificate;
import io.github.niofastopen.it.lab.InstalledJdk;
import io.github.niofastopen.it.lab.JavaProgram;
import io.github.niofastopen.it.lab.Lab;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** One client on one JDK. */
record ClientRun(Row row, InstalledJdk jdk, Comparison comparison) {
    /** Embedded servers accept Fast Open without a word of theirs (tcp_fastopen 0x400). */
    static final String FAR_TFO = "0x402";
    /** A busy machine may take longer than the default from connect to the ClientHello. */
    static final int WINDOW_MILLIS = 3000;
    /** From here on the JDK's ClientHello has a post-quantum key share, and is longer than a SYN holds. */
    private static final int LONG_HELLOS = 27;
    private static final String NETTY_NATIVES = ".*/netty-(transport-native-epoll|tcnative-boringssl-static)-[^/]*";

    /** Some libraries prefer them where they are there. */
    private static final String OTHER_TLS = ".*/(bc(prov|tls|util)-jdk18on|conscrypt-openjdk-uber)-[^/]*";

    /** Against embedded servers, through all steps. */
    static ClientRun of(Row row, InstalledJdk jdk, Certificate trusted, Certificate stranger) throws IOException {
        JavaProgram server = farEnd(trusted, stranger)
            .arguments(row.server, Step.FRESH.port(), row.server.equals("jdk") ? "undertow" : row.server, Step.KEPT.port())
            .arguments(row.resetting, Step.RESET.port(), row.stranger, Step.STRANGER.port());
        // The refused one last: a destination that refuses is not deferred the next time.
        List<Step> steps =
            List.of(Step.FRESH, Step.KEPT, Step.LAST, Step.AGAIN, Step.STRANGER, Step.RESET, Step.REFUSED);
        return run(row, jdk, trusted, lab -> ready(lab.far(server)), steps);
    }

    /** Against a server that isn't Java's, over fresh connections only. */
    static ClientRun against(Consumer<Lab> far, Row row, Certificate trusted) throws IOException {
        return run(row, InstalledJdk.running(), trusted, far, List.of(Step.FRESH));
    }

    /** What the far end is, but for its servers. */
    static JavaProgram farEnd(Certificate trusted, Certificate stranger) {
        return ShortLived.program(FarEnd.class, InstalledJdk.running())
            .arguments(trusted.keyStore(), stranger.keyStore(), trusted.password());
    }

    /** Waits for the embedded servers. */
    static Lab ready(Lab lab) {
        return lab.option("--far-tfo", FAR_TFO).option("--wait-port", FarEnd.READY_PORT);
    }

    private static ClientRun run(Row row, InstalledJdk jdk, Certificate trusted, Consumer<Lab> far, List<Step> steps)
            throws IOException {
        List<Comparison.Call> calls = new ArrayList<>();
        for (Step step : steps) {
            calls.add(new Comparison.Call(step, row.client, step == Step.LAST ? "/last" : row.path));
        }
        return new ClientRun(row, jdk, Comparison.run(far, jdk, trusted,
            row.byAgent ? JavaProgram::withAgent : JavaProgram::withSwitch, program -> configure(program, row, jdk), calls));
    }

    private static void configure(JavaProgram program, Row row, InstalledJdk jdk) {
        withoutOtherTls(program, row);
        program.property("niofastopen.window", WINDOW_MILLIS);
        // Other stacks of TLS heed the property, too, and would gain by it.
        if (jdk.version() >= LONG_HELLOS && row.gains()) {
            program.property("jdk.tls.namedGroups", "x25519,secp256r1");
        }
        row.properties.forEach(property -> program.option("-D" + property));
    }

    static void withoutOtherTls(JavaProgram program, Row row) {
        program.classPath(Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(jar -> !jar.matches(OTHER_TLS) && (row.keepsNettyNatives || !jar.matches(NETTY_NATIVES)))
            .filter(jar -> row.absentJars == null || !jar.matches(".*/(" + row.absentJars + ")-[^/]*"))
            .collect(Collectors.joining(File.pathSeparator)));
    }

    Pass before() {
        return comparison.before();
    }

    Pass after() {
        return comparison.after();
    }

    @Override
    public String toString() {
        return row + " on JDK " + jdk.version() + "\n" + comparison;
    }
}
