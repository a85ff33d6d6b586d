// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.clients.client;

import java.net.URI;
import reactor.netty.http.client.HttpClient;

public final class ReactorNetty implements Client {
    private final HttpClient client = HttpClient.create();

    @Override
    public String exchange(URI target) throws Exception {
        return Answers.of(client.get().uri(target).responseContent().aggregate().asString().toFuture());
    }
}
