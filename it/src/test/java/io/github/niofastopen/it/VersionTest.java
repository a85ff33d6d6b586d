// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What is said of this version is said of the version that the build makes. */
class VersionTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern VERSION_OF_POM = Pattern.compile("^  <version>(.*)</version>$", Pattern.MULTILINE);
    private static final Pattern JAR = Pattern.compile("nio-fastopen-(\\d[\\w.-]*)\\.jar");
    private static final Pattern OUTPUT_OF_DOCTOR = Pattern.compile("^nio-fastopen (\\d\\S*) \\(Java", Pattern.MULTILINE);
    private static final Pattern CHAPTER = Pattern.compile("^## (\\S+) \\(", Pattern.MULTILINE);

    @Test
    void pagesNameTheJarOfThisVersion() throws IOException {
        assertThat(found(JAR, "README.md", "CONTRIBUTING.md")).isNotEmpty().containsOnly(version());
    }

    @Test
    void whatDoctorIsShownToPrintIsOfThisVersion() throws IOException {
        assertThat(found(OUTPUT_OF_DOCTOR, "docs/does-it-work.md")).containsExactly(version());
    }

    @Test
    void theChangelogBeginsWithThisVersion() throws IOException {
        assertThat(found(CHAPTER, "CHANGELOG.md").get(0)).isEqualTo(version().replace("-SNAPSHOT", ""));
    }

    private static String version() throws IOException {
        return found(VERSION_OF_POM, "pom.xml").get(0);
    }

    private static List<String> found(Pattern pattern, String... files) throws IOException {
        List<String> found = new ArrayList<>();
        for (String file : files) {
            Matcher matcher = pattern.matcher(Files.readString(ROOT.resolve(file)));
            while (matcher.find()) {
                found.add(matcher.group(1));
            }
        }
        return found;
    }
}
