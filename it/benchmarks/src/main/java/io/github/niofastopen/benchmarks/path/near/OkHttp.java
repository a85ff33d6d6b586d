// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.benchmarks.path.near;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;

/** OkHttp, which uses plain sockets, as it comes: it leaves TCP_NODELAY off. */
final class OkHttp implements Client {
    private final SSLContext forgetting = Sessions.context();
    private final OkHttpClient full = client(forgetting);
    private final OkHttpClient resuming = client(Sessions.context());

    OkHttp() throws GeneralSecurityException {
    }

    private static OkHttpClient client(SSLContext context) throws GeneralSecurityException {
        return new OkHttpClient.Builder().protocols(List.of(Protocol.HTTP_1_1))
            .sslSocketFactory(context.getSocketFactory(), usualTrust()).build();
    }

    private static X509TrustManager usualTrust() throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init((KeyStore) null);
        return (X509TrustManager) factory.getTrustManagers()[0];
    }

    @Override
    public Times exchange(InetSocketAddress server, boolean resume) throws IOException {
        Request request = new Request.Builder().url("https://" + server.getHostString() + ":" + server.getPort() + "/").build();
        long connect = System.nanoTime();
        try (Response response = (resume ? resuming : full).newCall(request).execute()) {
            long seen = System.nanoTime();
            if (!response.isSuccessful()) {
                throw new IOException("status " + response.code());
            }
            response.body().bytes();
            return new Times(connect, seen);
        } finally {
            Sessions.forget(forgetting.getClientSessionContext());
        }
    }
}
