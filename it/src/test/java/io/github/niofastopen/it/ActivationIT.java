// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.niofastopen.it.lab.Flow;
import io.github.niofastopen.it.lab.Lab;
import io.github.niofastopen.it.lab.LabRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each way in which a JVM comes to use the provider, by what left this machine. */
@LabTest
@Tag("full")
class ActivationIT {
    private static final String OURS = "io.github.niofastopen.channel.FastOpenSocketChannel";
    private static final String ADD_OPENS = "switch and --add-opens";
    private static final String JDK = String.valueOf(Runtime.version().feature());

    @TempDir
    static Path folder;
    private static Set<String> ways;
    private static LabRun run;
    private static Map<String, String[]> printed;

    /** All ways, one after the other, in one lab: the first connection fetches the cookie for all. */
    @BeforeAll
    static void connectEachWay() throws IOException, ReflectiveOperationException {
        Map<String, List<String>> commands = Activation.waysIn(folder);
        ways = commands.keySet();
        List<String> script = new ArrayList<>();
        script.add(line(commands.get("switch"), "cookie"));
        commands.forEach((name, command) -> script.add(line(command, name)));
        Path file = Files.write(folder.resolve("ways.sh"), script);
        run = Path50.run(Lab.path(Path50.RTT_MILLIS).far(Path50.echoServer()).near(List.of("sh", "-e", file.toString())));
        printed = new LinkedHashMap<>();
        for (String line : run.out()) {
            String[] words = line.split("\t");
            printed.put(words[0], words);
        }
    }

    @Test
    void eachWayPutsTheClientHelloIntoTheSyn() throws IOException {
        Map<String, String> table = new LinkedHashMap<>();
        for (String way : ways) {
            assertThat(printed).as(run.toString()).containsKey(way);
            Flow flow = flowFrom(Integer.parseInt(printed.get(way)[2]));
            table.put(way, flow.synCarriesClientHello() && flow.synDataWasAcknowledged() ? "yes" : "no: " + flow);
        }
        Files.write(Path.of("target", "activation-jdk-" + JDK + ".txt"),
            table.entrySet().stream().map(way -> way.getKey() + "\t" + way.getValue()).toList());

        assertThat(table).allSatisfy((way, inSyn) -> assertThat(inSyn).as(way).isEqualTo("yes"));
        assertThat(run.flows()).hasSize(ways.size() + 1);
    }

    @Test
    void eachWaysChannelsAreOurs() {
        assertThat(printed).allSatisfy((way, words) -> assertThat(words[1]).as(way).isEqualTo(OURS));
    }

    @Test
    void noWayExportsTheJdksInternalsToTheApplication() {
        assertThat(printed).hasSize(ways.size() + 1)
            .allSatisfy((way, words) -> assertThat(words[3]).as(way).isEqualTo(way.equals(ADD_OPENS) ? "true" : "false"));
    }

    @Test
    void noWaySaysAnything() {
        assertThat(run.err()).filteredOn(line -> !line.startsWith("Picked up JAVA_TOOL_OPTIONS")
            && !line.contains(" io.github.niofastopen.monitor.Log ") && !line.startsWith("INFO: nio-fastopen ")).isEmpty();
    }

    @Test
    void archivesHoldTheProvidersClasses() throws IOException {
        for (String kind : Runtime.version().feature() >= 25 ? List.of("cds", "aot", "agent-aot") : List.of("cds")) {
            assertThat(Files.readAllLines(folder.resolve(kind + ".classes"))).as(kind)
                .filteredOn(line -> line.contains(" io.github.niofastopen.FastOpenSelectorProvider "))
                .singleElement().asString().contains("shared objects file");
        }
    }

    @Test
    void theDocumentShowsWhatWasMeasuredHere() throws IOException {
        List<String> document = Files.readAllLines(Path.of("../docs/activation.md"));
        String header = document.stream().filter(line -> line.startsWith("| way |")).findFirst().orElseThrow();
        List<String> columns = List.of(header.split("\\s*\\|\\s*"));

        if (columns.contains("JDK " + JDK)) {
            int column = columns.indexOf("JDK " + JDK);
            assertThat(ways).allSatisfy(way -> assertThat(document).filteredOn(line -> line.startsWith("| " + way + " |"))
                .singleElement().satisfies(row -> assertThat(row.split("\\s*\\|\\s*")[column]).isEqualTo("yes")));
        }
    }

    private static Flow flowFrom(int port) {
        return run.flows().stream().filter(flow -> flow.nearPort() == port).findFirst().orElseThrow();
    }

    /** A line of the shell, which runs one way to its end. */
    private static String line(List<String> command, String name) {
        List<String> words = new ArrayList<>(command);
        words.addAll(List.of(name, Path50.FAR, String.valueOf(Path50.TLS_PORT)));
        return String.join(" ", words.stream().map(word -> "'" + word + "'").toList());
    }
}
