// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.clients.client;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.util.Timeout;

public final class ApacheHttpClient5 implements Client {
    private final CloseableHttpClient client =
        ConnectTimeout.wanted().map(ApacheHttpClient5::within).orElseGet(HttpClients::createSystem);

    private static CloseableHttpClient within(Duration connectTimeout) {
        return HttpClients.custom().useSystemProperties()
            .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create().useSystemProperties()
                .setDefaultConnectionConfig(ConnectionConfig.custom().setConnectTimeout(Timeout.of(connectTimeout)).build()).build())
            .build();
    }

    @Override
    public String exchange(URI target) throws IOException {
        return client.execute(new HttpGet(target), response -> EntityUtils.toString(response.getEntity()));
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
