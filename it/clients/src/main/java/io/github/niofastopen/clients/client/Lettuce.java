// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.clients.client;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import java.net.URI;

/** Lettuce, a client of Redis over Netty. */
public final class Lettuce implements Client {
    private final RedisClient client = RedisClient.create();

    @Override
    public String exchange(URI target) {
        io.lettuce.core.RedisURI server = io.lettuce.core.RedisURI.create(target.getHost(), target.getPort());
        try (StatefulRedisConnection<String, String> connection =
                client.connect(io.lettuce.core.codec.StringCodec.ASCII, server)) {
            return connection.sync().echo("hello");
        }
    }

    @Override
    public void close() {
        client.shutdown();
    }
}
