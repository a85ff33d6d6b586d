// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.clients.client;

import java.net.URI;
import org.springframework.web.client.RestClient;

/** Spring's RestClient as it comes, over whatever client it finds. */
public final class SpringRestClient implements Client {
    private final RestClient client = RestClient.create();

    @Override
    public String exchange(URI target) {
        return client.get().uri(target).retrieve().body(String.class);
    }
}
