// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.clients;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/** A PostgreSQL server of Debian's package, with a cluster of its own. It refuses to run as root. */
final class PostgresServer {
    private static final List<String> AS_POSTGRES =
        List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups");

    private PostgresServer() {
    }

    /** @return the shell command that starts it */
    static String createIn(Path folder) throws IOException, InterruptedException {
        Path programs = programs();
        Needs.root("PostgreSQL's server is started as user postgres");
        run(List.of("chown", "postgres:postgres", folder.toString()));
        Path data = folder.resolve("data");
        run(asPostgres(programs.resolve("initdb").toString(), "-D", data.toString(), "-A", "trust", "-U", "postgres",
            "--no-sync"));
        Files.writeString(data.resolve("pg_hba.conf"), "host all all 0.0.0.0/0 trust\n", StandardOpenOption.APPEND);
        return String.join(" ", asPostgres(programs.resolve("postgres").toString(), "-D", data.toString(),
            "-c", "listen_addresses='*'", "-c", "unix_socket_directories=''", "-c", "fsync=off"));
    }

    private static List<String> asPostgres(String... command) {
        return Stream.concat(AS_POSTGRES.stream(), Stream.of(command)).toList();
    }

    private static Path programs() throws IOException {
        Path versions = Path.of("/usr/lib/postgresql");
        if (Files.isDirectory(versions)) {
            try (Stream<Path> found = Files.list(versions)) {
                Path newest = found.map(version -> version.resolve("bin")).sorted()
                    .filter(bin -> Files.isExecutable(bin.resolve("initdb"))).reduce((first, last) -> last).orElse(null);
                if (newest != null) {
                    return newest;
                }
            }
        }
        throw Needs.missing("PostgreSQL's server isn't installed; try: apt-get install postgresql");
    }

    private static void run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes());
        if (process.waitFor() != 0) {
            throw new IOException(command + " fails: " + output);
        }
    }
}
