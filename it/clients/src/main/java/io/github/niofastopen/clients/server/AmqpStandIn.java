// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.clients.server;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Method;
import com.rabbitmq.client.impl.AMQImpl;
import com.rabbitmq.client.impl.Frame;
import io.github.niofastopen.clients.Exchanges;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Map;
import javax.net.ssl.SSLContext;

/** As much of a RabbitMQ server as a client asks to declare a queue, with the messages of RabbitMQ's own client library. */
final class AmqpStandIn {
    private static final int PROTOCOL_HEADER = 8;
    private static final int MOST_BYTES_OF_A_FRAME = 1 << 17;

    private AmqpStandIn() {
    }

    static void start(SSLContext context, int port) throws IOException {
        TlsStandIn.start(context, port, (socket, in, out) -> converse(in, out));
    }

    private static void converse(DataInputStream in, DataOutputStream out) throws IOException {
        in.readFully(new byte[PROTOCOL_HEADER]);
        say(out, 0, new AMQP.Connection.Start.Builder().versionMajor(0).versionMinor(9).serverProperties(Map.of())
            .mechanisms("PLAIN").locales("en_US").build());
        while (true) {
            Frame frame = Frame.readFrom(in, () -> MOST_BYTES_OF_A_FRAME);
            if (frame.getType() == AMQP.FRAME_METHOD) {
                Method answer = answer(AMQImpl.readMethodFrom(new DataInputStream(frame.getInputStream())));
                if (answer != null) {
                    say(out, frame.getChannel(), answer);
                }
            }
        }
    }

    /** Null where none is due. */
    private static Method answer(Method method) throws IOException {
        switch (method.protocolMethodName()) {
            case "connection.start-ok":
                return new AMQP.Connection.Tune.Builder().channelMax(1).frameMax(MOST_BYTES_OF_A_FRAME).heartbeat(0).build();
            case "connection.tune-ok":
                return null;
            case "connection.open":
                return new AMQP.Connection.OpenOk.Builder().build();
            case "channel.open":
                return new AMQP.Channel.OpenOk.Builder().build();
            case "queue.declare":
                return new AMQP.Queue.DeclareOk.Builder().queue(Exchanges.CONTENT).build();
            case "channel.close":
                return new AMQP.Channel.CloseOk.Builder().build();
            case "connection.close":
                return new AMQP.Connection.CloseOk.Builder().build();
            default:
                throw new IOException("RabbitMQ's client sent " + method.protocolMethodName());
        }
    }

    private static void say(DataOutputStream out, int channel, Method method) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ((com.rabbitmq.client.impl.Method) method).toFrame(channel).writeTo(new DataOutputStream(bytes));
        out.write(bytes.toByteArray());
    }
}
