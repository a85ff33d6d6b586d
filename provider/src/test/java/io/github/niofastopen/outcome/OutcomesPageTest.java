// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OutcomesPageTest {

    @ParameterizedTest
    @EnumSource
    void docsTellEachOutcomeAsTheProviderDoes(Outcome outcome) throws IOException {
        assertThat(Files.readString(Path.of("../docs/outcomes.md")))
            .contains("| `" + outcome + "` | " + outcome.inWords() + " |\n");
    }
}
