// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.clients.client;

import jakarta.ws.rs.client.ClientBuilder;
import java.net.URI;

/** Jersey's client as it comes, over HttpURLConnection, whose connections are kept for the whole JVM: each is asked to be its last. */
public final class Jersey implements Client {
    private final jakarta.ws.rs.client.Client client = ClientBuilder.newClient();

    @Override
    public String exchange(URI target) {
        return client.target(target).request().header("Connection", "close").get(String.class);
    }

    @Override
    public void close() {
        client.close();
    }
}
