// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.clients.client;

import java.io.Closeable;
import java.net.URI;
import org.neo4j.driver.AuthTokens;
import org.neo4j.driver.Config;
import org.neo4j.driver.Driver;
import org.neo4j.driver.GraphDatabase;
import org.neo4j.driver.Session;

/** Neo4j's driver, which runs one query; one is built for each server. */
public class Neo4j extends ClientOfServers<Neo4j.CloseableDriver> {

    Config config() {
        return Config.defaultConfig();
    }

    @Override
    final CloseableDriver create(URI server) {
        return new CloseableDriver(GraphDatabase.driver("bolt+s://" + server.getAuthority(), AuthTokens.none(), config()));
    }

    @Override
    final String exchange(CloseableDriver client, URI target) {
        try (Session session = client.driver.session()) {
            return session.run("RETURN 'hello'").single().get(0).asString();
        }
    }

    record CloseableDriver(Driver driver) implements Closeable {
        @Override
        public void close() {
            driver.close();
        }
    }
}
