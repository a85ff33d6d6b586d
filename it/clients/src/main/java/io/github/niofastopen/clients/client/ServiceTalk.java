// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.clients.client;

import io.servicetalk.http.api.BlockingHttpClient;
import io.servicetalk.http.api.SingleAddressHttpClientBuilder;
import io.servicetalk.http.netty.HttpClients;
import io.servicetalk.transport.api.ClientSslConfigBuilder;
import io.servicetalk.transport.api.HostAndPort;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** ServiceTalk's HTTP client; one is built for each server. */
public class ServiceTalk extends ClientOfServers<ServiceTalk.CloseableClient> {

    /** The options of its sockets. */
    void set(SingleAddressHttpClientBuilder<HostAndPort, InetSocketAddress> builder) {
        // As they come.
    }

    @Override
    final CloseableClient create(URI server) {
        SingleAddressHttpClientBuilder<HostAndPort, InetSocketAddress> builder =
            HttpClients.forSingleAddress(server.getHost(), server.getPort()).sslConfig(new ClientSslConfigBuilder().build());
        set(builder);
        return new CloseableClient(builder.buildBlocking());
    }

    @Override
    final String exchange(CloseableClient client, URI target) throws Exception {
        return client.http.request(client.http.get(target.getRawPath())).payloadBody().toString(StandardCharsets.US_ASCII);
    }

    record CloseableClient(BlockingHttpClient http) implements Closeable {
        @Override
        public void close() throws IOException {
            try {
                http.close();
            } catch (IOException e) {
                throw e;
            } catch (Exception e) {
                throw new IOException(e);
            }
        }
    }
}
