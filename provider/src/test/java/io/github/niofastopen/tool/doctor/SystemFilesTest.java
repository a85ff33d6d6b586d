// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.tool.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SystemFilesTest {
    /** The least that the kernel takes for it (kernel/pid.c, pid_max_min): three digits. */
    private static final int LEAST_PID_MAX = 301;

    @Test
    void aNumberThatIsGivenInOneReadOnlyIsReadWhole() {
        SystemFiles files = new SystemFiles(Path.of("/"));

        assertThat(files.number("proc/sys/kernel/pid_max").orElseThrow()).isGreaterThanOrEqualTo(LEAST_PID_MAX);
    }

    @Test
    void aFileOfManyPartsIsReadWhole(@TempDir Path root) throws IOException {
        String text = "0123456789".repeat(20_000);
        Files.writeString(root.resolve("maps"), text);

        assertThat(new SystemFiles(root).text("maps")).contains(text);
    }

    @Test
    void aFileThatIsNotThereHasNoText(@TempDir Path root) {
        assertThat(new SystemFiles(root).text("no-such-file")).isEmpty();
    }
}
