// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.clients.client;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** The JDK's java.net.http.HttpClient. */
abstract class JdkHttpClient implements Client {
    private final HttpClient client;

    JdkHttpClient(HttpClient.Version version) {
        HttpClient.Builder builder = HttpClient.newBuilder().version(version);
        ConnectTimeout.wanted().ifPresent(builder::connectTimeout);
        client = builder.build();
    }

    @Override
    public String exchange(URI target) throws Exception {
        HttpResponse<String> response =
            client.send(HttpRequest.newBuilder(target).build(), HttpResponse.BodyHandlers.ofString());
        return response.version() == client.version() ? response.body() : response.version().toString();
    }
}
