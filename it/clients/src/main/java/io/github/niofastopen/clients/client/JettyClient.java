// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.clients.client;

import java.io.IOException;
import java.net.URI;
import org.eclipse.jetty.client.HttpClient;

/** Jetty's HttpClient. */
abstract class JettyClient implements Client {
    private final HttpClient client;

    JettyClient(HttpClient client) {
        this.client = client;
        ConnectTimeout.wanted().ifPresent(timeout -> client.setConnectTimeout(timeout.toMillis()));
    }

    @Override
    public String exchange(URI target) throws Exception {
        client.start();
        try {
            return client.GET(target).getContentAsString();
        } catch (java.util.concurrent.ExecutionException e) {
            throw (Exception) e.getCause();
        }
    }

    @Override
    public void close() throws IOException {
        try {
            client.stop();
        } catch (Exception e) {
            throw new IOException(e);
        }
    }
}
