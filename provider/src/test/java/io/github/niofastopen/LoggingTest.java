// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.SelectorProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who logs in a JVM, and how, is the application's to decide, as late as it likes. */
class LoggingTest {
    @TempDir
    Path folder;

    @Test
    void theApplicationChoosesItsLogManagerAfterItHasConnectedAndThenReadsThatFastOpenIsOn() throws Exception {
        ChildJvm.Result child = ChildJvm.runMain(ChoosesLate.class, folder);

        assertThat(child.output()).hasSize(2).first().isEqualTo("OwnManager");
        assertThat(child.output()).last().asString().matches("nio-fastopen .*: TCP Fast Open is on");
    }

    @Test
    void aSettingThatCannotBeUsedIsSaidAtOnceAndTakesNothingFromThatChoice() throws Exception {
        ChildJvm.Result child = ChildJvm.runMain(ChoosesLate.class, folder, "-Dniofastopen.window=x");

        assertThat(child.errors()).first().isEqualTo("WARNING: nio-fastopen: niofastopen.window=x is not a whole number from 1 to 60000 or auto;"
            + " auto is used instead");
        assertThat(child.output()).first().isEqualTo("OwnManager");
    }

    @Test
    void aJvmThatOnlyConnectsHasNeitherLoggingNorManagement() throws Exception {
        Path log = folder.resolve("loaded");

        ChildJvm.Result child = ChildJvm.runMain(OnlyConnects.class, folder, "-Xlog:class+load:file=" + log);

        assertThat(child.output()).containsExactly("connected");
        assertThat(Files.readString(log)).contains("io.github.niofastopen.monitor.Log ")
            .doesNotContain("java.util.logging.LogManager ", "jdk.internal.logger.LoggerFinderLoader ",
                "io.github.niofastopen.monitor.FastOpenManagement ", "jdk.jfr.FlightRecorder ", "javax.management.",
                "java.lang.management.ManagementFactory ", "com.sun.jmx.mbeanserver.JmxMBeanServer ");
    }

    private static void connect() throws IOException {
        try (Echo echo = new Echo(SelectorProvider.provider()); SocketChannel channel = SocketChannel.open(echo.address())) {
            Echo.exchangeBlocking(channel, new byte[] {1});
        }
    }

    /** An application as those that set their log manager in main. */
    static final class ChoosesLate {
        private static final Queue<String> LOGGED = new ConcurrentLinkedQueue<>();

        private ChoosesLate() {
        }

        public static void main(String[] arguments) throws IOException {
            connect();
            System.setProperty("java.util.logging.manager", OwnManager.class.getName());
            System.out.println(LogManager.getLogManager().getClass().getSimpleName());

            Logger logger = Logger.getLogger("io.github.niofastopen");
            logger.addHandler(new Collecting());
            while (LOGGED.isEmpty()) {
                connect();
            }
            System.out.println(String.join(", ", List.copyOf(LOGGED)));
        }
    }

    static final class OnlyConnects {
        private OnlyConnects() {
        }

        public static void main(String[] arguments) throws IOException {
            connect();
            System.out.println("connected");
        }
    }

    public static final class OwnManager extends LogManager {
    }

    private static final class Collecting extends Handler {
        @Override
        public void publish(LogRecord record) {
            ChoosesLate.LOGGED.add(record.getMessage());
        }

        @Override
        public void flush() {
            // Nothing is buffered.
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }
}
