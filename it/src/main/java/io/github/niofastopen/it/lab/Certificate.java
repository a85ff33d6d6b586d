// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.lab;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A self-signed certificate for the far end's addresses and all names of {@code lab.test}, made on the spot by the JDK's keytool.
 *
 * @param keyStore a PKCS#12 key store, which serves as trust store too
 * @param password the key store's
 */
public record Certificate(Path keyStore, String password) {
    private static final String NAMES = "san=ip:192.0.2.2,ip:192.0.2.3,ip:192.0.2.4,ip:192.0.2.5,"
        + "ip:2001:db8::2,ip:127.0.0.1,dns:*.lab.test";

    public static Certificate createIn(Path folder) throws IOException {
        Certificate certificate = new Certificate(folder.resolve("lab.p12"), "changeit");
        Process keytool = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair", "-alias", "lab", "-keyalg", "EC", "-groupname", "secp256r1", "-dname", "CN=lab",
            "-ext", NAMES, "-validity", "3", "-storetype", "PKCS12",
            "-keystore", certificate.keyStore.toString(), "-storepass", certificate.password)
            .redirectErrorStream(true).start();
        String output = new String(keytool.getInputStream().readAllBytes());
        try {
            if (!keytool.waitFor(1, TimeUnit.MINUTES) || keytool.exitValue() != 0) {
                throw new IOException("keytool made no certificate: " + output);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while keytool made a certificate", e);
        }
        return certificate;
    }
}
