// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.clients.client;

import java.net.URI;
import org.springframework.http.HttpHeaders;
import org.springframework.http.RequestEntity;
import org.springframework.web.client.RestTemplate;

/** Spring's RestTemplate as it comes, over HttpURLConnection, whose connections are kept for the whole JVM: each is asked to be its last. */
public final class SpringRestTemplate implements Client {
    private final RestTemplate client = new RestTemplate();

    @Override
    public String exchange(URI target) {
        return client.exchange(RequestEntity.get(target).header(HttpHeaders.CONNECTION, "close").build(), String.class).getBody();
    }
}
