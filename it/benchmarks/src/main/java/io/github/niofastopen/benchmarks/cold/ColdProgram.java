// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.benchmarks.cold;

import io.github.niofastopen.benchmarks.program.BenchmarkException;
import io.github.niofastopen.benchmarks.program.Jvm;
import io.github.niofastopen.it.lab.Certificate;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command lines of a client on one JDK, with the JDK's provider and with ours, plain and with an archive of classes. */
record ColdProgram(Jvm jvm, Client client, Path programs, Certificate certificate, String url, Path folder) {
    /** From here on the JVM keeps more than classes in what it calls an AOT cache (JEP 514). */
    private static final int MAKES_AOT_CACHES = 25;
    /** From here on the JDK's ClientHello has a post-quantum key share, and is longer than a SYN holds. */
    private static final int LONG_HELLOS = 27;

    /** What an archive is called on this JDK. */
    String kindOfArchive() {
        return jvm.feature() >= MAKES_AOT_CACHES ? "AOT cache" : "CDS archive";
    }

    List<String> plain(boolean on) throws BenchmarkException {
        return command(on, List.of());
    }

    /**
     * Writes an archive at its end. An AOT cache is for JVMs that are started in the same way, with the agent, too; a CDS archive isn't
     * written while an agent is there, so the one for it is of a program without one.
     */
    List<String> training(boolean on) throws BenchmarkException {
        boolean aot = jvm.feature() >= MAKES_AOT_CACHES;
        String option = aot ? "-XX:AOTCacheOutput=" : "-XX:ArchiveClassesAtExit=";
        return command(on && (aot || client == Client.HTTP_CLIENT), List.of(option + archive(on), "-Xlog:disable"));
    }

    List<String> archived(boolean on) throws BenchmarkException {
        String option = jvm.feature() >= MAKES_AOT_CACHES ? "-XX:AOTCache=" : "-XX:SharedArchiveFile=";
        return command(on, List.of(option + archive(on), "-Xlog:disable"));
    }

    Path archive(boolean on) {
        return folder.resolve(client.name() + "-" + jvm.version() + (on ? "-on" : "-off") + ".archive");
    }

    private List<String> command(boolean on, List<String> options) throws BenchmarkException {
        List<String> command = jvm.java("-cp", Jvm.providerJar() + ":" + programs,
            "-Djavax.net.ssl.trustStore=" + certificate.keyStore(), "-Djavax.net.ssl.trustStorePassword=" + certificate.password());
        if (jvm.feature() >= LONG_HELLOS) {
            command.add("-Djdk.tls.namedGroups=x25519,secp256r1");
        }
        command.addAll(on ? client.switchedOn(jvm) : List.of());
        command.addAll(options);
        command.addAll(List.of(client.program().getName(), url));
        return new ArrayList<>(command);
    }
}
