// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.niofastopen.it.lab.Certificate;
import io.github.niofastopen.it.lab.JavaProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Makes a program's ClientHello long without key shares: it names the authorities that are trusted. */
final class ManyAuthorities {

    private ManyAuthorities() {
    }

    /** Trusts a certificate, and others whose names fill more than a segment. */
    static JavaProgram trustedBy(JavaProgram program, Certificate certificate, Path folder) throws IOException {
        Path store = Files.copy(certificate.keyStore(), folder.resolve("many.p12"));
        for (int i = 0; i < 2; i++) {
            String units = ("OU=" + "x".repeat(60) + ", ").repeat(10);
            Process keytool = new ProcessBuilder(List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair", "-alias", "authority" + i, "-keyalg", "EC", "-groupname", "secp256r1", "-dname", units + "CN=authority" + i,
                "-keystore", store.toString(), "-storepass", certificate.password())).redirectErrorStream(true).start();
            String output = new String(keytool.getInputStream().readAllBytes());
            assertThat(keytool.onExit().join().exitValue()).as(output).isZero();
        }
        return program.property("jdk.tls.client.enableCAExtension", true).property("javax.net.ssl.trustStore", store)
            .property("javax.net.ssl.trustStorePassword", certificate.password());
    }
}
