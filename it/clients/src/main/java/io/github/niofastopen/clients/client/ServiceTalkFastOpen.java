// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.clients.client;

import io.servicetalk.http.api.SingleAddressHttpClientBuilder;
import io.servicetalk.transport.api.HostAndPort;
import io.servicetalk.transport.api.ServiceTalkSocketOptions;
import java.net.InetSocketAddress;

/** With its own option for Fast Open, which needs Netty's epoll transport. */
public final class ServiceTalkFastOpen extends ServiceTalk {
    @Override
    void set(SingleAddressHttpClientBuilder<HostAndPort, InetSocketAddress> builder) {
        builder.socketOption(ServiceTalkSocketOptions.TCP_FASTOPEN_CONNECT, true);
    }
}
