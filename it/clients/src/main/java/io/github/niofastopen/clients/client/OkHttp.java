// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.clients.client;

import io.github.niofastopen.FastOpenSocketFactory;
import java.net.URI;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** OkHttp with the provider's socket factory. */
public final class OkHttp implements Client {
    private final OkHttpClient client = new OkHttpClient.Builder().socketFactory(new FastOpenSocketFactory()).build();

    @Override
    public String exchange(URI target) throws Exception {
        try (Response response = client.newCall(new Request.Builder().url(target.toString()).build()).execute()) {
            return response.body().string();
        }
    }

    @Override
    public void close() {
        client.dispatcher().executorService().shutdown();
        client.connectionPool().evictAll();
    }
}
