// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.destinations;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;

/**
 * A server to those handshakes that authenticate it alike: of one {@link javax.net.ssl.SSLContext}, which this doesn't keep
 * alive, and by one endpoint identification algorithm. The JDK resumes sessions within these bounds too (SSLContextImpl's
 * cache, ClientHello.ClientHelloKickstartProducer).
 */
public final class AuthenticatedServer extends WeakReference<Object> {
    private final int contextHash;
    private final String identification;
    private final String host;
    private final int port;
    private final Server anyhow;

    /** @param gone what is queued once its context is */
    AuthenticatedServer(Object context, String identification, String host, int port, ReferenceQueue<Object> gone) {
        super(context, gone);
        this.contextHash = System.identityHashCode(context);
        this.identification = identification == null ? "" : identification;
        this.host = host;
        this.port = port;
        this.anyhow = new Server(host, port);
    }

    /** As who makes the connection calls it. */
    public String host() {
        return host;
    }

    public int port() {
        return port;
    }

    /** The server, however it is authenticated. */
    Server anyhow() {
        return anyhow;
    }

    @Override
    public boolean equals(Object other) {
        return this == other || other instanceof AuthenticatedServer && isAs((AuthenticatedServer) other);
    }

    /** What has lost its context is as nothing but itself. */
    private boolean isAs(AuthenticatedServer other) {
        Object context = get();
        return context != null && context == other.get() && identification.equals(other.identification) && anyhow.equals(other.anyhow);
    }

    @Override
    public int hashCode() {
        return 31 * anyhow.hashCode() + contextHash;
    }
}
