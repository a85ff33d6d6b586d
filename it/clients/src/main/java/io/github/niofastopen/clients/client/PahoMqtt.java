// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.clients.client;

import io.github.niofastopen.clients.Exchanges;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;

/** Eclipse Paho, which publishes one message and has it acknowledged; a connection an exchange. */
public final class PahoMqtt implements Client {
    private static final int AT_LEAST_ONCE = 1;

    @Override
    public String exchange(URI target) throws MqttException {
        MqttClient client = new MqttClient("ssl://" + target.getAuthority(), MqttClient.generateClientId(), null);
        try {
            MqttConnectOptions options = new MqttConnectOptions();
            options.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1);
            client.connect(options);
            client.publish("lab", Exchanges.CONTENT.getBytes(StandardCharsets.US_ASCII), AT_LEAST_ONCE, false);
            client.disconnect();
            return Exchanges.CONTENT;
        } finally {
            client.close();
        }
    }
}
