// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.benchmarks.path.near;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;

/** The JDK's HttpClient. It knows nothing of TCP Fast Open: the JVM's switch decides. */
final class JdkClient implements Client {
    private final SSLContext forgetting = Sessions.context();
    private final HttpClient full = client(forgetting);
    private final HttpClient resuming = client(Sessions.context());

    JdkClient() throws GeneralSecurityException {
    }

    private static HttpClient client(SSLContext context) {
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).sslContext(context).build();
    }

    @Override
    public Times exchange(InetSocketAddress server, boolean resume) throws IOException, InterruptedException {
        HttpRequest request =
            HttpRequest.newBuilder(URI.create("https://" + server.getHostString() + ":" + server.getPort() + "/")).build();
        AtomicLong firstByte = new AtomicLong();
        long connect = System.nanoTime();
        HttpResponse<Void> response = (resume ? resuming : full).send(request, head -> {
            firstByte.set(System.nanoTime());
            return HttpResponse.BodySubscribers.discarding();
        });
        if (response.statusCode() != 200) {
            throw new IOException("status " + response.statusCode());
        }
        Sessions.forget(forgetting.getClientSessionContext());
        return new Times(connect, firstByte.get());
    }
}
