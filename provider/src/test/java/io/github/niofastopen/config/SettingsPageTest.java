// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** docs/settings.md has each property, with its default. */
class SettingsPageTest {
    /** Where the table says in words what the default is. */
    private static final Map<String, String> IN_WORDS = Map.of(
        "niofastopen.include", "none",
        "niofastopen.exclude", "none",
        "niofastopen.noCookie", "none",
        "niofastopen.native.dir", "beside the jar, then java.io.tmpdir, /var/tmp, /dev/shm");

    @Test
    void thePageHasEachPropertyWithItsDefaultAndNoOther() throws IOException {
        // given
        Map<String, String> expected = new TreeMap<>(Configuration.from(new Properties()).inForce());
        expected.replaceAll((name, value) -> IN_WORDS.getOrDefault(name, value.replace(",", ", ")));

        // when
        Map<String, String> told = new TreeMap<>();
        for (String line : Files.readAllLines(Path.of("../docs/settings.md"))) {
            if (line.startsWith("| `niofastopen.")) {
                String[] cells = line.substring(2).replace("`", "").split(" \\| ");
                for (String name : cells[0].split(", ")) {
                    told.put(name, cells[1]);
                }
            }
        }

        // then
        assertThat(told).isEqualTo(expected);
    }
}
