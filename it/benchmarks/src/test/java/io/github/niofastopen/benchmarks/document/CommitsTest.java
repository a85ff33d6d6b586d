// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.benchmarks.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommitsTest {
    @TempDir
    Path folder;

    @Test
    void partsOfOneCommitAreToldInOneWord() throws IOException {
        // given
        result("calls", "{\"commit\": \"abc\"}");
        result("path", "{\"machine\": {\"commit\": \"abc\"}}");

        // then
        assertThat(new Commits(folder).inWords()).isEqualTo("All is of commit abc.");
    }

    @Test
    void otherwiseEachIsToldWithItsOwn() throws IOException {
        // given
        result("calls", "{\"commit\": \"abc\"}");
        result("path", "{\"machine\": {\"commit\": \"def\"}}");
        result("cold", "{\"machine\": {\"commit\": \"def\"}}");
        result("hellos", "{}");

        // then
        assertThat(new Commits(folder).inWords())
            .isEqualTo("The parts: calls of commit abc; cold, paths of commit def; hellos of commit unknown.");
    }

    private void result(String name, String json) throws IOException {
        Files.writeString(folder.resolve(name + ".json"), json);
    }
}
