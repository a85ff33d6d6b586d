// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.jmh.connect;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;
import tlschannel.ClientTlsChannel;
import tlschannel.NeedsReadException;
import tlschannel.NeedsWriteException;
import tlschannel.TlsChannel;

/** What a client does first with its connection: it ends with the first byte of the application that the server sends. */
interface Beginning {

    void on(SocketChannel channel, Readiness readiness) throws IOException;

    /** A ClientHello without a handshake behind it: what connecting costs besides cryptography. */
    static Beginning hello() throws IOException, GeneralSecurityException {
        ByteBuffer hello = Tls.clientHello();
        ByteBuffer answer = ByteBuffer.allocateDirect(1);
        return (channel, readiness) -> {
            hello.rewind();
            while (channel.write(hello) == 0 || hello.hasRemaining()) {
                readiness.await(channel, SelectionKey.OP_WRITE);
            }
            answer.clear();
            while (channel.read(answer) == 0) {
                readiness.await(channel, SelectionKey.OP_READ);
            }
        };
    }

    static Beginning handshake(SSLContext context, boolean resumed, int port) {
        ByteBuffer answer = ByteBuffer.allocateDirect(1);
        return (channel, readiness) -> {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            TlsChannel secure = ClientTlsChannel.newBuilder(channel, Tls.client(context, resumed, port)).build();
            answer.clear();
            while (answer.hasRemaining()) {
                try {
                    if (secure.read(answer) < 0) {
                        throw new IOException("the server has ended the connection");
                    }
                } catch (NeedsReadException e) {
                    readiness.await(channel, SelectionKey.OP_READ);
                } catch (NeedsWriteException e) {
                    readiness.await(channel, SelectionKey.OP_WRITE);
                }
            }
        };
    }
}
