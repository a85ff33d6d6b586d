// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.clients.client;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import org.apache.hc.client5.http.async.methods.SimpleHttpRequest;
import org.apache.hc.client5.http.async.methods.SimpleRequestBuilder;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.core5.util.Timeout;

public final class ApacheHttpClient5Async implements Client {
    private final CloseableHttpAsyncClient client =
        ConnectTimeout.wanted().map(ApacheHttpClient5Async::within).orElseGet(HttpAsyncClients::createSystem);

    private static CloseableHttpAsyncClient within(Duration connectTimeout) {
        return HttpAsyncClients.custom().useSystemProperties()
            .setConnectionManager(PoolingAsyncClientConnectionManagerBuilder.create().useSystemProperties()
                .setDefaultConnectionConfig(ConnectionConfig.custom().setConnectTimeout(Timeout.of(connectTimeout)).build()).build())
            .build();
    }

    @Override
    public String exchange(URI target) throws Exception {
        client.start();
        SimpleHttpRequest request = SimpleRequestBuilder.get(target).build();
        try {
            return client.execute(request, null).get().getBodyText();
        } catch (ExecutionException e) {
            throw (Exception) e.getCause();
        }
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
