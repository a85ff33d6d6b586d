// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnJarTest {
    @TempDir
    Path folder;

    @Test
    void aResourceIsReadAndOneThatIsNotThereIsNull() throws IOException {
        assertThat(OwnJar.read("META-INF/bridge/SocketChannelBridge.bytes")).startsWith(0xca, 0xfe, 0xba, 0xbe);
        assertThat(OwnJar.read("META-INF/no such resource")).isNull();
    }

    @Test
    void whereTheClassesComeFromNoJarThereIsNoneToOpen() throws IOException {
        Path noJar = Files.writeString(folder.resolve("nested.war"), "no archive");

        assertThat(OwnJar.openOrNull(null)).isNull();
        assertThat(OwnJar.openOrNull(folder)).isNull();
        assertThat(OwnJar.openOrNull(noJar)).isNull();
        assertThat(OwnJar.openOrNull(folder.resolve("gone.jar"))).isNull();
    }
}
