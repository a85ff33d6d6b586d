// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.clients.client;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import org.bson.Document;

/** MongoDB's synchronous driver, which runs one command; one client is built for each server. */
public final class MongoSync extends ClientOfServers<MongoClient> {

    @Override
    MongoClient create(URI server) {
        return MongoClients.create(MongoClientSettings.builder()
            .applyConnectionString(new ConnectionString("mongodb://" + server.getAuthority() + "/?tls=true"))
            .applyToClusterSettings(cluster -> cluster.serverSelectionTimeout(Patience.seconds(), TimeUnit.SECONDS)).build());
    }

    @Override
    String exchange(MongoClient client, URI target) {
        return client.getDatabase("admin").runCommand(new Document("ping", 1)).getString("content");
    }
}
