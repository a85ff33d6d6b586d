// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.clients.client;

import io.netty.channel.ChannelOption;
import io.netty.resolver.DefaultAddressResolverGroup;
import java.net.URI;
import java.time.Duration;
import reactor.netty.http.client.HttpClient;

public final class ReactorNetty implements Client {
    private final HttpClient client = ConnectTimeout.wanted().map(ReactorNetty::within).orElseGet(HttpClient::create);

    /** With the JDK's resolver, which knows the names of the lab. */
    private static HttpClient within(Duration connectTimeout) {
        return HttpClient.create().resolver(DefaultAddressResolverGroup.INSTANCE)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) connectTimeout.toMillis());
    }

    @Override
    public String exchange(URI target) throws Exception {
        return Answers.of(client.get().uri(target).responseContent().aggregate().asString().toFuture());
    }
}
