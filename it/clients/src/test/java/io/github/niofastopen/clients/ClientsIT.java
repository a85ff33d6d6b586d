// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.clients;

import io.github.niofastopen.it.lab.Certificate;
import io.github.niofastopen.it.lab.InstalledJdk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each client of the table, with the JDK's provider and with ours. */
@Tag("clients")
class ClientsIT {
    @TempDir
    static Path folder;
    private static Certificate trusted;
    private static Certificate stranger;

    @BeforeAll
    static void prepare() throws IOException {
        Needs.lab();
        trusted = Certificate.createIn(folder);
        stranger = Certificate.createIn(Files.createDirectory(folder.resolve("stranger")));
    }

    static Stream<Arguments> rows() {
        String only = System.getProperty("clients.only", ".*");
        return Table.ROWS.stream().filter(row -> row.name.matches(only))
            .flatMap(row -> jdks().stream().map(jdk -> Arguments.of(row, jdk)));
    }

    private static List<InstalledJdk> jdks() {
        return Boolean.getBoolean("clients.everywhere") ? InstalledJdk.all() : List.of(InstalledJdk.running());
    }

    @ParameterizedTest(name = "{0} on {1}", allowZeroInvocations = true)
    @MethodSource("rows")
    void aClientWorksAsEverAndGainsWhatTheTableSays(Row row, InstalledJdk jdk) throws IOException {
        // when
        ClientRun run = ClientRun.of(row, jdk, trusted, stranger);

        // then
        Expectations.works(run);
        if (!row.ownFastOpen) {
            Expectations.isOrdinaryWithout(run);
        } else if (row.gains()) {
            Expectations.gainsWithout(run);
        }
        if (row.gains()) {
            Expectations.gains(run);
        } else {
            Expectations.gainsNothing(run);
        }
        if (row.beginsWithoutHello) {
            Expectations.isLeftAlone(run);
        }
        Expectations.onlyClientHellosRode(run.comparison());
        Expectations.reusesAsEver(run);
        Expectations.failsAsEver(run);
        Report.add(run);
    }

    @AfterAll
    static void report() throws IOException {
        Report.write();
    }
}
