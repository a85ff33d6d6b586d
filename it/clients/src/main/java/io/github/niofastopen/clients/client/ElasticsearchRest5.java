// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.clients.client;

import co.elastic.clients.transport.rest5_client.low_level.Request;
import co.elastic.clients.transport.rest5_client.low_level.Rest5Client;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLContext;

/** The low-level client of Elasticsearch; one is built for each server. */
public final class ElasticsearchRest5 extends ClientOfServers<Rest5Client> {

    @Override
    Rest5Client create(URI server) throws Exception {
        return Rest5Client.builder(server).setSSLContext(SSLContext.getDefault()).build();
    }

    @Override
    String exchange(Rest5Client client, URI target) throws Exception {
        return new String(client.performRequest(new Request("GET", target.getRawPath())).getEntity().getContent()
            .readAllBytes(), StandardCharsets.US_ASCII);
    }
}
