// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.clients;

import io.github.niofastopen.it.lab.Certificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Some of the clients against servers that are in wide use, with Fast Open set up there as their manuals tell. */
@Tag("full")
@Tag("clients")
class ForeignServersIT {
    private static final List<String> CLIENTS = List.of("java.net.http.HttpClient, HTTP/1.1",
        "java.net.http.HttpClient, HTTP/2", "Netty NIO, the JDK's TLS", "Apache HttpClient 5 async");

    @TempDir
    static Path folder;
    private static Certificate trusted;

    @BeforeAll
    static void prepare() throws IOException {
        Needs.lab();
        trusted = Certificate.createIn(folder);
    }

    static Stream<Arguments> pairs() {
        String only = System.getProperty("clients.only", ".*");
        return Stream.of(ForeignServer.values()).flatMap(server -> CLIENTS.stream().filter(name -> name.matches(only))
            .map(name -> Arguments.of(server, Table.row(name))));
    }

    @ParameterizedTest(name = "{1} and {0}", allowZeroInvocations = true)
    @MethodSource("pairs")
    void aClientGains(ForeignServer server, Row row) throws IOException, GeneralSecurityException {
        // given
        String nameAndVersion = server.nameAndVersion();
        Path ownFolder = Files.createTempDirectory(folder, "server");
        List<String> command = server.command(ownFolder, Pem.writeTo(ownFolder.resolve("lab.pem"), trusted));

        // when
        ClientRun run = ClientRun.against(lab -> lab.far(command).option("--wait-port", Step.FRESH.port()), row, trusted);

        // then
        Expectations.works(run);
        Expectations.isOrdinaryWithout(run);
        Expectations.gains(run);
        Expectations.onlyClientHellosRode(run.comparison());
        Report.add(nameAndVersion, run);
    }

    @AfterAll
    static void report() throws IOException {
        Report.write();
    }
}
