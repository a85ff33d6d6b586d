// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.tool.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

    static List<Object> values() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("null", null);
        members.put("", List.of());
        members.put("a \"quoted\" \\ name\n", Map.of());
        members.put("list", Arrays.asList(1, null, true, List.of("x", Map.of("y", 0.5))));
        return List.of(members, List.of(), Map.of(), "", "\u0000\t\u007f\u00fc\u20ac\ud83d\ude00", "</script>", 0, -1, Long.MAX_VALUE, 49.781, 1e-7,
            true, false);
    }

    @ParameterizedTest
    @MethodSource("values")
    void whatIsWrittenIsReadByOthers(Object value) throws IOException {
        Object read = new ObjectMapper().readValue(Json.text(value), Object.class);

        assertThat(read).isEqualTo(value);
    }

    @Test
    void eachMemberHasItsLine() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("works", true);
        members.put("findings", List.of("one", 2));

        assertThat(Json.text(members)).isEqualTo("""
            {
              "works": true,
              "findings": [
                "one",
                2
              ]
            }""");
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void whatJsonHasNoNumberForIsRefused(double number) {
        assertThatThrownBy(() -> Json.text(List.of(number))).isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining(Double.toString(number));
    }

    @Test
    void soIsWhatJsonHasNoFormFor() {
        assertThatThrownBy(() -> Json.text(Map.of("a", Thread.State.NEW))).isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("Thread$State");
    }
}
