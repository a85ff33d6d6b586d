// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.clients.client;

import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;

/** A library whose clients are for one server each. */
abstract class ClientOfServers<C extends Closeable> implements Client {
    private final Map<String, C> clients = new HashMap<>();

    abstract C create(URI server) throws Exception;

    abstract String exchange(C client, URI target) throws Exception;

    @Override
    public final String exchange(URI target) throws Exception {
        C client = clients.get(target.getAuthority());
        if (client == null) {
            client = create(URI.create(target.getScheme() + "://" + target.getAuthority()));
            clients.put(target.getAuthority(), client);
        }
        return exchange(client, target);
    }

    @Override
    public final void close() throws IOException {
        for (C client : clients.values()) {
            client.close();
        }
    }
}
