// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.clients.client;

import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import java.net.URI;

/** Trusts what the JVM trusts, which Vert.x has to be told. */
public final class Vertx implements Client {
    private final io.vertx.core.Vertx vertx = io.vertx.core.Vertx.vertx();
    private final HttpClient client = vertx.createHttpClient(new HttpClientOptions().setSsl(true).setTrustOptions(
        new io.vertx.core.net.JksOptions().setPath(System.getProperty("javax.net.ssl.trustStore"))
            .setPassword(System.getProperty("javax.net.ssl.trustStorePassword"))));

    @Override
    public String exchange(URI target) throws Exception {
        return Answers.ofStage(client.request(HttpMethod.GET, target.getPort(), target.getHost(), target.getRawPath())
            .compose(request -> request.send().compose(HttpClientResponse::body))
            .map(Object::toString).toCompletionStage());
    }

    @Override
    public void close() {
        vertx.close();
    }
}
