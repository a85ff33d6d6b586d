// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.clients.client;

import java.io.IOException;
import java.net.URI;
import org.asynchttpclient.AsyncHttpClient;
import org.asynchttpclient.Dsl;

public final class AsyncHttp implements Client {
    private final AsyncHttpClient client = Dsl.asyncHttpClient();

    @Override
    public String exchange(URI target) throws Exception {
        return Answers.of(client.prepareGet(target.toString()).execute().toCompletableFuture()).getResponseBody();
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
