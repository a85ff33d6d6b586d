// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.niofastopen.it.lab.Flow;
import io.github.niofastopen.it.lab.JavaProgram;
import io.github.niofastopen.it.lab.Lab;
import io.github.niofastopen.it.lab.LabRun;
import io.github.niofastopen.it.program.LoggedScenarios;
import io.github.niofastopen.it.program.StuckHandler;
import io.github.niofastopen.it.program.ThrowingHandler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.Handler;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Log handlers of the application that misbehave: connections don't notice. */
@LabTest
@Tag("full")
class LogHandlerIT {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(classes = {StuckHandler.class, ThrowingHandler.class})
    void aConnectionGetsWhatItIsOwedWhateverALogHandlerDoes(Class<? extends Handler> handler) throws IOException {
        // given
        Path logging = Files.writeString(folder.resolve("logging.properties"),
            "handlers=" + handler.getName() + "\nio.github.niofastopen.level=FINE\n");

        // when: a server speaks first, to one who selects, and so waits for the window to elapse
        LabRun run = Path50.run(Lab.path(Path50.RTT_MILLIS).far(Path50.echoServer("220 lab\r\n"))
            .near(JavaProgram.of(LoggedScenarios.class).withSwitch().option("-Xcheck:jni")
                .arguments(Path50.FAR, Path50.TLS_PORT, "await-greeting-selector").property("niofastopen.window", 250)
                .property("java.util.logging.config.file", logging)));

        // then
        assertThat(run.out()).contains("a handler was called").contains("await-greeting-selector done");
        assertThat(run.flows()).as(run.toString()).extracting(Flow::cookie).containsExactly("asked", "sent");
    }
}
