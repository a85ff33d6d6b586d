// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.jmh.connect;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;
import tlschannel.ServerTlsChannel;
import tlschannel.TlsChannel;

/** Answers whatever comes first on a connection with one byte, after a TLS handshake if it has a key store. */
public final class AnsweringServer {
    private static final int BACKLOG = 4096;
    private static final int FIRST_MOST = 1 << 14;

    private AnsweringServer() {
    }

    /** Arguments: the address, and a key store or none. Prints its port, and ends when its standard input does. */
    public static void main(String[] args) throws IOException, GeneralSecurityException {
        SSLContext context = args.length > 1 ? Tls.context(Path.of(args[1])) : null;
        ServerSocketChannel server = ServerSocketChannel.open()
            .bind(new InetSocketAddress(InetAddress.getByName(args[0]), 0), BACKLOG);
        Thread answering = new Thread(() -> answerAll(server, context), "answering");
        answering.setDaemon(true);
        answering.start();
        System.out.println(server.socket().getLocalPort());
        while (System.in.read() >= 0) {
            System.in.skip(System.in.available());
        }
    }

    private static void answerAll(ServerSocketChannel server, SSLContext context) {
        ByteBuffer first = ByteBuffer.allocateDirect(FIRST_MOST);
        while (server.isOpen()) {
            try (SocketChannel accepted = server.accept()) {
                if (context == null) {
                    answer(accepted, first);
                } else {
                    answerSecurely(accepted, context, first);
                }
            } catch (IOException e) {
                System.err.println("server: " + e);
            }
        }
    }

    private static void answer(SocketChannel accepted, ByteBuffer buffer) throws IOException {
        accepted.read(buffer.clear());
        accepted.write(buffer.clear().limit(1));
        accepted.read(buffer.clear());
    }

    private static void answerSecurely(SocketChannel accepted, SSLContext context, ByteBuffer buffer) throws IOException {
        // A handshake is written in pieces, which Nagle's algorithm would hold back for the other end's delayed ACK.
        accepted.setOption(StandardSocketOptions.TCP_NODELAY, true);
        TlsChannel channel = ServerTlsChannel.newBuilder(accepted, context).build();
        channel.write(buffer.clear().limit(1));
        accepted.read(buffer.clear());
    }
}
