// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.clients.client;

import com.rabbitmq.client.ConnectionFactory;

/** Over channels; RabbitMQ's client recommends Netty in their place. */
public final class RabbitMqNio extends RabbitMq {
    @Override
    @SuppressWarnings("deprecation")
    void use(ConnectionFactory factory) {
        factory.useNio();
    }
}
