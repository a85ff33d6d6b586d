// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.suites;

import java.util.List;
import java.util.Locale;

/** Tests that a library publishes of its own use of socket channels. */
enum Suite {
    /** Without what connects to public addresses, and what is about datagrams. */
    NETTY("io.netty:netty-testsuite", List.of("io.netty.testsuite.transport.socket"),
        ".*\\.(?!SocketConnectionAttempt|Datagram)\\w*Test",
        ".*\\.(?!SocketConnectionAttempt|Datagram|TrafficShaping|SocketSslEcho)\\w*Test"),
    /** Selector, TLS and plain transport, and the SASL exchanges that run over them. */
    KAFKA("org.apache.kafka:kafka-clients",
        List.of("org.apache.kafka.common.network", "org.apache.kafka.common.security.authenticator"),
        ".*Test",
        ".*network\\.(?!SslTransportLayer|Tls13Selector)\\w*Test"),
    /** What opens connections, over TCP. */
    GRIZZLY("org.glassfish.grizzly:grizzly-framework", List.of("org.glassfish.grizzly"),
        "org\\.glassfish\\.grizzly\\.(AsyncWriteQueue|FileTransfer|FilterChainRead|GZip|IOStrategy|IdleConnectionFilter|LZMA"
            + "|NIOTransport|ProtocolChainCodec|SSL|Standalone|TCPNIOTransport)Test",
        "org\\.glassfish\\.grizzly\\.(AsyncWriteQueue|FileTransfer|FilterChainRead|IOStrategy|SSL|Standalone"
            + "|TCPNIOTransport)Test");

    private final String artifact;
    private final List<String> packages;
    private final String classes;
    private final String quickClasses;

    Suite(String artifact, List<String> packages, String classes, String quickClasses) {
        this.artifact = artifact;
        this.packages = packages;
        this.classes = classes;
        this.quickClasses = quickClasses;
    }

    /** Where Maven Central has it, and the version that is on the class path. */
    String coordinates() {
        return artifact + ":" + System.getProperty(name().toLowerCase(Locale.ROOT) + ".version");
    }

    List<String> packages() {
        return packages;
    }

    /**
     * Which classes of the packages are run, as a regular expression.
     *
     * @param all whether those belong to them that take longer than every build should
     */
    String classes(boolean all) {
        return all ? classes : quickClasses;
    }
}
