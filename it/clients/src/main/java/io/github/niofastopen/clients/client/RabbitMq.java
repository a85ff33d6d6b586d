// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.clients.client;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import java.net.URI;
import javax.net.ssl.SSLContext;

/** RabbitMQ's client, which declares a queue; a connection an exchange. */
public class RabbitMq implements Client {

    /** The way to reach the network. */
    void use(ConnectionFactory factory) {
        // Plain sockets, as it comes.
    }

    @Override
    public final String exchange(URI target) throws Exception {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setHost(target.getHost());
        factory.setPort(target.getPort());
        factory.useSslProtocol(SSLContext.getDefault());
        factory.enableHostnameVerification();
        use(factory);
        try (Connection connection = factory.newConnection(); Channel channel = connection.createChannel()) {
            return channel.queueDeclare().getQueue();
        }
    }
}
