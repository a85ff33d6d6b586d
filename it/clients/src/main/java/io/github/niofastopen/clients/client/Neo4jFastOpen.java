// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.clients.client;

import org.neo4j.driver.Config;

/** With its own option for Fast Open, which needs one of Netty's native transports. */
public final class Neo4jFastOpen extends Neo4j {
    @Override
    Config config() {
        return Config.builder().withTryTcpFastOpen(true).build();
    }
}
