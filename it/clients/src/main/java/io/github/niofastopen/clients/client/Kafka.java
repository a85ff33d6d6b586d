// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.clients.client;

import java.io.Closeable;
import java.net.URI;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;

/** Kafka's Admin, which describes the cluster; the network layer is that of its producers and consumers. */
public final class Kafka extends ClientOfServers<Kafka.CloseableAdmin> {

    @Override
    CloseableAdmin create(URI server) {
        String timeout = Integer.toString(1000 * Patience.seconds());
        return new CloseableAdmin(Admin.create(Map.of("bootstrap.servers", server.getAuthority(),
            "security.protocol", "SSL",
            "ssl.truststore.location", System.getProperty("javax.net.ssl.trustStore"),
            "ssl.truststore.password", System.getProperty("javax.net.ssl.trustStorePassword"),
            "request.timeout.ms", timeout, "default.api.timeout.ms", timeout)));
    }

    @Override
    String exchange(CloseableAdmin client, URI target) throws Exception {
        return Answers.ofStage(client.admin.describeCluster().clusterId().toCompletionStage());
    }

    record CloseableAdmin(Admin admin) implements Closeable {
        @Override
        public void close() {
            admin.close();
        }
    }
}
