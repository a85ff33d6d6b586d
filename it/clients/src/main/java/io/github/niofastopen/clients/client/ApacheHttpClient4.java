// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.clients.client;

import java.io.IOException;
import java.net.URI;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.HttpGet;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.HttpClients;
import org.apache.http.util.EntityUtils;

public final class ApacheHttpClient4 implements Client {
    private final CloseableHttpClient client = HttpClients.createSystem();

    @Override
    public String exchange(URI target) throws IOException {
        try (CloseableHttpResponse response = client.execute(new HttpGet(target))) {
            return EntityUtils.toString(response.getEntity());
        }
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
