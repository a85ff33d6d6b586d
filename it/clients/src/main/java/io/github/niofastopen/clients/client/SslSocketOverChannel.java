// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.clients.client;

import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** The JDK's SSLSocket over a channel's socket. */
public final class SslSocketOverChannel implements Client {
    @Override
    public String exchange(URI target) throws Exception {
        try (SocketChannel channel = SocketChannel.open(); Socket socket = channel.socket()) {
            socket.connect(new InetSocketAddress(target.getHost(), target.getPort()), ConnectTimeout.or(10_000));
            try (SSLSocket tls = (SSLSocket) SSLContext.getDefault().getSocketFactory()
                    .createSocket(socket, target.getHost(), target.getPort(), true)) {
                tls.getOutputStream().write(Answers.request(target).getBytes(StandardCharsets.US_ASCII));
                byte[] response = tls.getInputStream().readAllBytes();
                return Answers.contentOf(new String(response, StandardCharsets.US_ASCII));
            }
        }
    }
}
