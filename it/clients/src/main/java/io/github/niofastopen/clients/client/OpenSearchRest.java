// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.clients.client;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.apache.hc.core5.http.HttpHost;
import org.opensearch.client.Request;
import org.opensearch.client.RestClient;

/** The low-level client of OpenSearch; one is built for each server. */
@SuppressWarnings("deprecation") // In favour of a library without HTTP client of its own; still what the others build upon.
public final class OpenSearchRest extends ClientOfServers<RestClient> {

    @Override
    RestClient create(URI server) {
        return RestClient.builder(HttpHost.create(server)).build();
    }

    @Override
    String exchange(RestClient client, URI target) throws Exception {
        return new String(client.performRequest(new Request("GET", target.getRawPath())).getEntity().getContent()
            .readAllBytes(), StandardCharsets.US_ASCII);
    }
}
