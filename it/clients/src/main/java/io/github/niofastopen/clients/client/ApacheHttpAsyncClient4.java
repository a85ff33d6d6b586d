// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.clients.client;

import java.io.IOException;
import java.net.URI;
import org.apache.http.client.methods.HttpGet;
import org.apache.http.impl.nio.client.CloseableHttpAsyncClient;
import org.apache.http.impl.nio.client.HttpAsyncClients;
import org.apache.http.util.EntityUtils;

public final class ApacheHttpAsyncClient4 implements Client {
    private final CloseableHttpAsyncClient client = HttpAsyncClients.createSystem();

    @Override
    public String exchange(URI target) throws Exception {
        client.start();
        return EntityUtils.toString(Answers.of(client.execute(new HttpGet(target), null)).getEntity());
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
