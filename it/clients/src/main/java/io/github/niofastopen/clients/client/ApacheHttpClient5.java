// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.clients.client;

import java.io.IOException;
import java.net.URI;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.io.entity.EntityUtils;

public final class ApacheHttpClient5 implements Client {
    private final CloseableHttpClient client = HttpClients.createSystem();

    @Override
    public String exchange(URI target) throws IOException {
        return client.execute(new HttpGet(target), response -> EntityUtils.toString(response.getEntity()));
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
