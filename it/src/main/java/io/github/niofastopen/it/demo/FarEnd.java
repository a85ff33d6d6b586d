// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.demo;

import io.github.niofastopen.it.lab.Certificate;
import io.github.niofastopen.it.lab.InstalledJdk;
import io.github.niofastopen.it.lab.JavaProgram;
import io.github.niofastopen.it.program.HttpsFixture;

/** The servers at the far end of the path, which accept TCP Fast Open. */
final class FarEnd {
    static final int PORT = 8443;
    static final String URL = "https://192.0.2.2:" + PORT + "/";
    private static final int QUEUE = 128;
    private static final int WARM_UP = 100;

    private final Certificate certificate;

    FarEnd(Certificate certificate) {
        this.certificate = certificate;
    }

    /** A client that trusts their certificate. */
    JavaProgram trustedBy(JavaProgram client) {
        return client.trusting(certificate);
    }

    /** With the groups that this JDK supports. */
    JavaProgram asItComes(InstalledJdk jdk) {
        return JavaProgram.of(HttpsFixture.class).on(jdk.home()).withSwitch().option("-XX:TieredStopAtLevel=1")
            .property("niofastopen.server.queue", QUEUE).property("sun.net.httpserver.nodelay", true)
            .arguments(certificate.keyStore(), certificate.password(), WARM_UP, PORT);
    }

    /** Without post-quantum groups, as most servers are. */
    JavaProgram classical(InstalledJdk jdk) {
        JavaProgram server = asItComes(jdk);
        return OwnClients.sendPostQuantumShares(jdk) ? server.property("jdk.tls.namedGroups", "x25519,secp256r1") : server;
    }
}
