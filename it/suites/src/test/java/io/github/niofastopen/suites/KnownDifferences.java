// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.suites;

import java.util.Map;
import java.util.TreeMap;

/** Tests that expect what a deferred connection can't keep: docs/differences.md. */
final class KnownDifferences {
    private static final String PEER_UNKNOWN = "expects connect itself to fail once the server has gone";
    private static final String NOTHING_SENT = "expects the server to have met a client that closes its channel because it"
        + " has no cipher suite to offer";

    private static final Map<Suite, Map<String, String>> REASONS = Map.of(
        Suite.NETTY, Map.of(),
        Suite.KAFKA, Map.of(
            "SslTransportTls12Tls13Test.testCiphersSuiteForTls12FailsForTls13", NOTHING_SENT),
        Suite.GRIZZLY, Map.of(
            "TCPNIOTransportTest.testBindUnbind", PEER_UNKNOWN,
            "TCPNIOTransportTest.testMultiBind", PEER_UNKNOWN));

    private KnownDifferences() {
    }

    /** Why a test fails on our provider, by its name. */
    static Map<String, String> of(Suite suite) {
        return new TreeMap<>(REASONS.get(suite));
    }
}
