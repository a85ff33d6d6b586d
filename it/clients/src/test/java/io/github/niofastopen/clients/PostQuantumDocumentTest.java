// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** docs/post-quantum.md, which is measured now and then, is the page that the build has, and tells of all that it tries. */
class PostQuantumDocumentTest {
    private static final Path DOCUMENT = Path.of(System.getProperty("clients.root"), "docs", "post-quantum.md");
    private static final String ANEW = "to measure anew: mvn verify -P full -Dpostquantum.docs=docs/post-quantum.md";

    @Test
    void theTextIsThatOfThePage() throws IOException {
        String document = Files.readString(DOCUMENT);

        assertThat(PostQuantumReport.page().split("\\{\\{\\w+}}\n")).as(ANEW).allSatisfy(part -> assertThat(document).contains(part));
    }

    @ParameterizedTest
    @EnumSource
    void eachServerHasALineForEachSettingThatIsThere(TlsServer server) throws IOException {
        List<String> lines = Files.readAllLines(DOCUMENT);

        assertThat(ShareCase.all()).as(ANEW).allSatisfy(each ->
            assertThat(lines).anyMatch(line -> line.startsWith("| " + PostQuantumReport.key(server, each) + " | ")));
    }

    @ParameterizedTest
    @EnumSource
    void eachStackHasALineAndWhatItSaysOfThePostQuantumGroupHolds(TlsStack stack) throws IOException {
        List<String> lines = Files.readAllLines(DOCUMENT);

        assertThat(lines).as(ANEW).anyMatch(line -> line.startsWith("| " + stack.key() + " | ") && line.endsWith(" | " + stack.expected.words + " |"));
    }
}
