// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.niofastopen.it.lab.JavaProgram;
import io.github.niofastopen.it.lab.Lab;
import io.github.niofastopen.it.lab.LabRun;
import io.github.niofastopen.it.program.EchoServer;
import io.github.niofastopen.it.program.Scenario;
import io.github.niofastopen.it.program.Scenarios;
import java.io.IOException;

/** Scenarios over a 50 ms path, against an echo server on a port where TLS is expected. */
final class Path50 {
    static final double RTT_MILLIS = 50;
    static final int TLS_PORT = 443;
    static final String FAR = "192.0.2.2";
    static final String FAR6 = "2001:db8::2";
    /** A busy machine may take longer than the default for a JVM's first flight. */
    static final int LONG_WINDOW_MILLIS = 3000;

    private Path50() {
    }

    static JavaProgram echoServer(String... greeting) {
        return JavaProgram.of(EchoServer.class).withSwitch().option("-Xcheck:jni")
            .property("niofastopen.server.queue", 16).arguments(TLS_PORT).arguments((Object[]) greeting);
    }

    static JavaProgram client(String far, Scenario... scenarios) {
        return JavaProgram.of(Scenarios.class).withSwitch().option("-Xcheck:jni")
            .property("niofastopen.window", LONG_WINDOW_MILLIS).arguments(far, TLS_PORT).arguments((Object[]) scenarios);
    }

    /** Runs scenarios; each must have come to its end. */
    static LabRun run(Scenario... scenarios) throws IOException {
        return run(Lab.path(RTT_MILLIS).far(echoServer()).near(client(FAR, scenarios)));
    }

    static LabRun run(Lab lab) throws IOException {
        LabRun run = lab.run();
        assertThat(run.status()).as(run.toString()).isZero();
        assertThat(run.toString()).doesNotContain("in native method");
        return run;
    }
}
