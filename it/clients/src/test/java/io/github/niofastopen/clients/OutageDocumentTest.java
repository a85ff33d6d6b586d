// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** docs/differences.md, whose tables are measured now and then, tells how each client meets each outage. */
class OutageDocumentTest {
    private static final Path DOCUMENT = Path.of(System.getProperty("clients.root"), "docs", "differences.md");

    @ParameterizedTest
    @EnumSource
    void eachClientHasALineForEachOutage(Outage outage) throws IOException {
        List<String> lines = Files.readAllLines(DOCUMENT);
        int headings = lines.indexOf(OutageReport.headings(outage));

        assertThat(headings).as(OutageReport.headings(outage)).isNotNegative();
        List<String> table = lines.subList(headings + 2, headings + 2 + OutageReport.ROWS.size());
        assertThat(OutageReport.ROWS)
            .as("to measure anew: mvn verify -P full -Dgroups=clients -Dit.test=OutagesIT -Doutages.docs=docs/differences.md")
            .allSatisfy(row -> assertThat(table).anyMatch(line -> line.startsWith("| " + row.name + " | ")));
    }
}
