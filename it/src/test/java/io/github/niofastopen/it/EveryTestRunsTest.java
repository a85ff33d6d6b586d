// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * No test is left that no command runs. {@code mvn verify} runs what has no tag, {@code -P full} and {@code -P nightly} what
 * has theirs; Surefire takes classes named {@code *Test}, Failsafe {@code *IT} where a module has it, and ContractIT the
 * contracts. {@code .ci/matrix} names classes.
 */
class EveryTestRunsTest {
    private static final Path ROOT = Path.of("..");
    /** Those of the profiles, and of what {@code .ci/run} does in turns. */
    private static final Set<String> TAGS = Set.of("full", "nightly", "clients", "hostile", "suites");
    private static final Path CONTRACTS = Path.of("io/github/niofastopen/it/contract");
    private static final Pattern IS_TEST =
        Pattern.compile("^\\s+@(Test|ParameterizedTest|RepeatedTest|TestFactory|TestTemplate)\\b", Pattern.MULTILINE);
    private static final Pattern TAG = Pattern.compile("@Tag\\(([^)]*)\\)");
    private static final Pattern MODULE = Pattern.compile("<module>(.*)</module>");
    /** {@code contracts) tests='ContractIT' ;;} */
    private static final Pattern ROW_OF_MATRIX = Pattern.compile("tests='([\\w ]+)'");

    @Test
    void everyTestClassIsOfAKindThatItsModuleRuns() throws IOException {
        List<String> left = new ArrayList<>();
        for (Path module : modules()) {
            for (Path source : sources(module)) {
                if (IS_TEST.matcher(Files.readString(source)).find() && !isRun(module, source)) {
                    left.add(ROOT.relativize(source).toString());
                }
            }
        }
        assertThat(left).as("test classes that no command runs").isEmpty();
    }

    @Test
    void everyTagIsThatOfACommand() throws IOException {
        for (Path module : modules()) {
            for (Path source : sources(module)) {
                assertThat(TAGS).as("tags of %s", source).containsAll(tags(source));
            }
        }
        String pom = Files.readString(ROOT.resolve("pom.xml"));
        assertThat(pom).contains("<id>full</id>", "<id>nightly</id>", "<excluded.tests>full | nightly</excluded.tests>",
            "<excluded.tests>nightly</excluded.tests>", "<excluded.tests>none</excluded.tests>");
    }

    /** CI leaves out clients and hostile paths on one day, suites on the next. */
    @Test
    void nothingIsLeftOutOnBothDays() throws IOException {
        String run = Files.readString(ROOT.resolve(".ci/run"));
        assertThat(run).contains("groups='(full | clients) & !suites'", "groups='full & !clients & !hostile'");
        for (Path module : modules()) {
            for (Path source : sources(module)) {
                Set<String> tags = tags(source);
                assertThat(tags.contains("suites") && (tags.contains("clients") || tags.contains("hostile")))
                    .as("%s of %s", tags, source).isFalse();
            }
        }
    }

    private static Set<String> tags(Path source) throws IOException {
        Set<String> tags = new TreeSet<>();
        Matcher tag = TAG.matcher(source.endsWith("EveryTestRunsTest.java") ? "" : Files.readString(source));
        while (tag.find()) {
            tags.add(tag.group(1).replace("\"", ""));
        }
        return tags;
    }

    @Test
    void everyClassThatTheMatrixNamesIsThere() throws IOException {
        Set<String> names = new TreeSet<>();
        Matcher row = ROW_OF_MATRIX.matcher(Files.readString(ROOT.resolve(".ci/matrix")));
        while (row.find()) {
            names.addAll(List.of(row.group(1).split(" ")));
        }
        Set<String> classes = new TreeSet<>();
        for (String module : List.of("provider", "it")) {
            for (Path source : sources(ROOT.resolve(module))) {
                classes.add(source.getFileName().toString().replace(".java", ""));
            }
        }
        assertThat(names).isNotEmpty();
        assertThat(classes).containsAll(names);
    }

    private static boolean isRun(Path module, Path source) throws IOException {
        String name = source.getFileName().toString();
        if (name.endsWith("Contract.java")) {
            return module.endsWith("it") && module.resolve("src/test/java").relativize(source).startsWith(CONTRACTS);
        }
        return name.endsWith("Test.java")
            || name.endsWith("IT.java") && Files.readString(module.resolve("pom.xml")).contains("maven-failsafe-plugin");
    }

    private static List<Path> modules() throws IOException {
        List<Path> modules = new ArrayList<>();
        Matcher module = MODULE.matcher(Files.readString(ROOT.resolve("pom.xml")));
        while (module.find()) {
            modules.add(ROOT.resolve(module.group(1)));
        }
        assertThat(modules).isNotEmpty();
        return modules;
    }

    private static List<Path> sources(Path module) throws IOException {
        Path tests = module.resolve("src/test/java");
        if (!Files.exists(tests)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(tests)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }
}
