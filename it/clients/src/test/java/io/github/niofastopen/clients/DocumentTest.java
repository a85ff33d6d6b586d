// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** docs/clients.md, which is measured now and then, tells of the clients that the build tries. */
class DocumentTest {
    private static final Path DOCUMENT = Path.of(System.getProperty("clients.root"), "docs", "clients.md");

    @Test
    void theDocumentHasALineForEachClientWithItsVersionAndWhetherItGains() throws IOException {
        List<String> lines = Files.readAllLines(DOCUMENT);

        assertThat(Table.ROWS).as("to measure anew: mvn verify -P full -Dclients.docs=docs/clients.md")
            .allSatisfy(row -> assertThat(lines).anySatisfy(line -> assertThat(line)
                .startsWith("| " + row.name + " | " + row.version + " | ").contains(" | " + Report.gain(row) + " | ")));
    }
}
