// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.clients.client;

import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLContext;
import tlschannel.ClientTlsChannel;
import tlschannel.TlsChannel;

/** A request over a blocking channel wrapped by tls-channel. */
public final class TlsChannelClient implements Client {
    @Override
    public String exchange(URI target) throws Exception {
        SSLContext context = SSLContext.getDefault();
        InetSocketAddress server = new InetSocketAddress(target.getHost(), target.getPort());
        try (SocketChannel raw = SocketChannel.open(server);
                TlsChannel channel = ClientTlsChannel.newBuilder(raw, context).build()) {
            channel.write(ByteBuffer.wrap(Answers.request(target).getBytes(StandardCharsets.US_ASCII)));
            byte[] response = Channels.newInputStream(channel).readAllBytes();
            return Answers.contentOf(new String(response, StandardCharsets.US_ASCII));
        }
    }
}
