// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.clients.client;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** OkHttp as it comes. */
public final class OkHttpPlain implements Client {
    private static final int OKHTTPS_MILLIS = 10_000;

    private final OkHttpClient client =
        new OkHttpClient.Builder().connectTimeout(Duration.ofMillis(ConnectTimeout.or(OKHTTPS_MILLIS))).build();

    @Override
    public String exchange(URI target) throws IOException {
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
