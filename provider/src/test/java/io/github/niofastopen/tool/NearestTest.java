// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.tool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NearestTest {
    private static final List<String> KNOWN = List.of("doctor", "probe", "--json", "--insecure", "-n");

    @ParameterizedTest
    @CsvSource(textBlock = """
        doctor,     doctor, 0
        docter,     doctor, 1
        dcotor,     doctor, 1
        doc,        doctor, 3
        prob,       probe,  1
        --jsno,     --json, 1
        -json,      --json, 1
        --insecre,  --insecure, 1
        insecure,   --insecure, 2
        """)
    void aMistypedWordIsNearestToTheOneThatWasMeant(String word, String meant, int changes) {
        assertThat(Nearest.to(word, KNOWN)).contains(meant);
        assertThat(Nearest.changes(word, meant)).isEqualTo(changes);
        assertThat(Nearest.changes(meant, word)).isEqualTo(changes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"xyzzy", "https://example.org/", "é"})
    void aWordThatIsLikeNoneIsNearToNone(String word) {
        assertThat(Nearest.to(word, KNOWN)).isEmpty();
    }
}
