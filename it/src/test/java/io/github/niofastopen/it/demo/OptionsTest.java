// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.niofastopen.it.lab.InstalledJdk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionsTest {

    @TempDir
    Path folder;

    @Test
    void withoutWordsThePathHas50MsAndTheClientsAreTheDemosOwn() throws Options.UsageException {
        // when
        Options options = Options.parse();

        // then
        assertThat(options).isEqualTo(new Options(50, null, null, 0, null));
    }

    @Test
    void eachOptionIsTakenOver() throws Options.UsageException, IOException {
        // given
        Path capture = folder.resolve("capture");
        Path jdk = jdk("27.0.1.0.3");

        // when
        Options options = Options.parse("--rtt", "12.5", "--pcap", capture.toString(), "--jdk", jdk.toString());

        // then
        assertThat(options).isEqualTo(new Options(12.5, capture, new InstalledJdk(27, jdk), 0, null));
    }

    @Test
    void whatFollowsAClientIsItsOwn() throws Options.UsageException, IOException {
        // given
        Path source = Files.createFile(folder.resolve("Get.java"));

        // when
        Options options = Options.parse("--client", source.toString(), "--rtt", "URL");

        // then
        assertThat(options.rttMillis()).isEqualTo(50);
        assertThat(options.client().mainClass()).isEqualTo(source.toString());
        assertThat(options.client().arguments()).containsExactly("--rtt", "URL");
    }

    @Test
    void aClientMayRunOnAnyJdk() throws Options.UsageException, IOException {
        // given
        Path source = Files.createFile(folder.resolve("Get.java"));

        // when
        Options options = Options.parse("--jdk", jdk("21.0.2").toString(), "--client", source.toString());

        // then
        assertThat(options.jdk().version()).isEqualTo(21);
    }

    @Test
    void theDemosOwnClientsNeedOneThatSendsPostQuantumKeyShares() throws IOException {
        // given
        Path jdk = jdk("25.0.3");

        // when, then
        assertThatThrownBy(() -> Options.parse("--jdk", jdk.toString()))
            .isInstanceOf(Options.UsageException.class).hasMessageContaining("27 or later").hasMessageContaining("JDK 25");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '>', textBlock = """
        --rtt                          > --rtt needs a value
        --rtt 0                        > from 1 to 1000
        --rtt 1001                     > from 1 to 1000
        --rtt soon                     > from 1 to 1000
        --pcap /nowhere/capture        > can't be written
        --pcap /                       > can't be written
        --jdk /nowhere                 > is not the folder of a JDK
        --client org.example.None      > was not found
        --client /nowhere/Get.java     > was not found
        --client /nowhere/app.jar      > can't be read
        --fast                         > unknown word '--fast'; the options are --rtt, --pcap, --jdk, --for, --client and --help
        --for soon                     > from 1 to 120
        --for 0                        > from 1 to 120
        --for 5                        > --for goes with --client
        """)
    void aWordThatCannotBeUsedIsNamedWithTheRemedy(String words, String message) {
        assertThatThrownBy(() -> Options.parse(words.split(" ")))
            .isInstanceOf(Options.UsageException.class).hasMessageContaining(message);
    }

    private Path jdk(String version) throws IOException {
        Path jdk = Files.createDirectories(folder.resolve("jdk-" + version));
        Files.createFile(Files.createDirectory(jdk.resolve("bin")).resolve("java")).toFile().setExecutable(true);
        Files.writeString(jdk.resolve("release"), "IMPLEMENTOR=\"Someone\"\nJAVA_VERSION=\"" + version + "\"\n");
        return jdk;
    }
}
