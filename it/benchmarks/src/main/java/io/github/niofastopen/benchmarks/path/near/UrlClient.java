// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.benchmarks.path.near;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.GeneralSecurityException;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;

/** HttpsURLConnection, which uses plain sockets. */
final class UrlClient implements Client {
    private final SSLContext full = Sessions.context();
    private final SSLContext resuming = Sessions.context();

    UrlClient() throws GeneralSecurityException {
    }

    @Override
    public Times exchange(InetSocketAddress server, boolean resume) throws IOException {
        HttpsURLConnection connection =
            (HttpsURLConnection) URI.create("https://" + server.getHostString() + ":" + server.getPort() + "/").toURL().openConnection();
        connection.setSSLSocketFactory((resume ? resuming : full).getSocketFactory());
        long connect = System.nanoTime();
        int status = connection.getResponseCode();
        long seen = System.nanoTime();
        if (status != 200) {
            throw new IOException("status " + status);
        }
        try (InputStream body = connection.getInputStream()) {
            body.readAllBytes();
        }
        Sessions.forget(full.getClientSessionContext());
        return new Times(connect, seen);
    }
}
