// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.clients.client;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import redis.clients.jedis.Jedis;

/** Jedis, a client of Redis; a connection an exchange. */
public final class JedisClient implements Client {
    @Override
    public String exchange(URI target) {
        try (Jedis jedis = new Jedis(target.getHost(), target.getPort(), true)) {
            return new String(jedis.echo("hello".getBytes(StandardCharsets.US_ASCII)), StandardCharsets.US_ASCII);
        }
    }
}
