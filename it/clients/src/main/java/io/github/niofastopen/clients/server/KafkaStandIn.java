// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.clients.server;

import io.github.niofastopen.clients.Exchanges;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLSocket;
import org.apache.kafka.common.message.ApiMessageType;
import org.apache.kafka.common.message.ApiVersionsResponseData;
import org.apache.kafka.common.message.DescribeClusterResponseData;
import org.apache.kafka.common.message.MetadataResponseData;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.requests.ApiVersionsResponse;
import org.apache.kafka.common.requests.RequestHeader;
import org.apache.kafka.common.requests.RequestUtils;

/** As much of a Kafka broker as an Admin asks to describe a cluster, with the messages of Kafka's own client library. */
final class KafkaStandIn {

    private KafkaStandIn() {
    }

    static void answer(SSLSocket socket, DataInputStream in, DataOutputStream out) throws IOException {
        byte[] request = new byte[in.readInt()];
        in.readFully(request);
        RequestHeader header = RequestHeader.parse(ByteBuffer.wrap(request));
        ApiMessage message = message(header, socket.getLocalAddress().getHostAddress(), socket.getLocalPort());
        ByteBuffer response = RequestUtils.serialize(header.toResponseHeader().data(),
            header.toResponseHeader().headerVersion(), message, header.apiVersion());
        byte[] bytes = new byte[4 + response.remaining()];
        ByteBuffer.wrap(bytes).putInt(response.remaining()).put(response);
        out.write(bytes);
    }

    private static ApiMessage message(RequestHeader header, String host, int port) throws IOException {
        switch (header.apiKey()) {
            case API_VERSIONS:
                return new ApiVersionsResponseData().setApiKeys(
                    ApiVersionsResponse.brokerApiVersions(ApiMessageType.ListenerType.BROKER, true, true));
            case DESCRIBE_CLUSTER:
                DescribeClusterResponseData.DescribeClusterBrokerCollection brokers =
                    new DescribeClusterResponseData.DescribeClusterBrokerCollection();
                brokers.add(new DescribeClusterResponseData.DescribeClusterBroker().setBrokerId(0).setHost(host)
                    .setPort(port));
                return new DescribeClusterResponseData().setClusterId(Exchanges.CONTENT).setControllerId(0)
                    .setBrokers(brokers);
            case METADATA:
                MetadataResponseData.MetadataResponseBrokerCollection nodes =
                    new MetadataResponseData.MetadataResponseBrokerCollection();
                nodes.add(new MetadataResponseData.MetadataResponseBroker().setNodeId(0).setHost(host).setPort(port));
                return new MetadataResponseData().setClusterId(Exchanges.CONTENT).setControllerId(0).setBrokers(nodes);
            default:
                throw new IOException("Kafka's client asked for " + header.apiKey());
        }
    }
}
