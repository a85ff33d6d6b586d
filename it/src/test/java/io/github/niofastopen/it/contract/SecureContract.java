// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** TLS over a channel, with the JVM's default key and trust stores. */
@Contract
class SecureContract {

    @ParameterizedTest
    @MethodSource("io.github.niofastopen.it.contract.ThreadKind#available")
    void anSslSocketIsLayeredOverTheSocket(ThreadKind kind) throws Exception {
        try (Peer peer = new Peer(); SocketChannel channel = SocketChannel.open()) {
            Background<Void> server = Background.run(() -> echo(peer));
            Background<byte[]> client = Background.run(kind, () -> {
                channel.connect(peer.address());
                try (SSLSocket secure = (SSLSocket) SSLContext.getDefault().getSocketFactory()
                    .createSocket(channel.socket(), "127.0.0.1", peer.address().getPort(), true)) {
                    secure.setSoTimeout(4000);
                    secure.getOutputStream().write(Bytes.text("secret"));
                    return secure.getInputStream().readNBytes(6);
                }
            });
            assertThat(client.result()).isEqualTo(Bytes.text("secret"));
            server.result();
            assertThat(channel.isOpen()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anSslEngineTalksThroughTheChannel(boolean blocking) throws Exception {
        try (Peer peer = new Peer(); SocketChannel channel = SocketChannel.open()) {
            // given
            Background<Void> server = Background.run(() -> echo(peer));
            channel.configureBlocking(blocking);
            if (!channel.connect(peer.address())) {
                await(channel, SelectionKey.OP_CONNECT);
                channel.finishConnect();
            }
            SSLEngine engine = SSLContext.getDefault().createSSLEngine("127.0.0.1", peer.address().getPort());
            engine.setUseClientMode(true);

            // when
            byte[] echoed = converse(engine, channel, Bytes.text("secret"));

            // then
            assertThat(echoed).isEqualTo(Bytes.text("secret"));
            channel.shutdownOutput();
            server.result();
        }
    }

    private static Void echo(Peer peer) throws Exception {
        try (SocketChannel accepted = peer.accept();
             SSLSocket secure = (SSLSocket) SSLContext.getDefault().getSocketFactory()
                 .createSocket(accepted.socket(), null, true)) {
            secure.setUseClientMode(false);
            byte[] heard = secure.getInputStream().readNBytes(6);
            secure.getOutputStream().write(heard);
            Socket plain = accepted.socket();
            assertThat(plain.isConnected()).isTrue();
            return null;
        }
    }

    private static byte[] converse(SSLEngine engine, SocketChannel channel, byte[] text) throws IOException {
        ByteBuffer out = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        ByteBuffer in = ByteBuffer.allocate(engine.getSession().getPacketBufferSize()).flip();
        ByteBuffer received = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize());
        ByteBuffer toSend = ByteBuffer.wrap(text);
        engine.beginHandshake();
        while (received.position() < text.length) {
            switch (engine.getHandshakeStatus()) {
                case NEED_TASK:
                    engine.getDelegatedTask().run();
                    break;
                case NEED_WRAP:
                    send(engine, channel, toSend, out);
                    break;
                case NEED_UNWRAP:
                    receive(engine, channel, in, received);
                    break;
                default:
                    if (toSend.hasRemaining()) {
                        send(engine, channel, toSend, out);
                    } else {
                        receive(engine, channel, in, received);
                    }
            }
        }
        byte[] echoed = new byte[text.length];
        received.flip().get(echoed);
        return echoed;
    }

    private static void send(SSLEngine engine, SocketChannel channel, ByteBuffer text, ByteBuffer out)
            throws IOException {
        engine.wrap(text, out.clear());
        out.flip();
        while (out.hasRemaining()) {
            if (channel.write(out) == 0) {
                await(channel, SelectionKey.OP_WRITE);
            }
        }
    }

    private static void receive(SSLEngine engine, SocketChannel channel, ByteBuffer in, ByteBuffer text)
            throws IOException {
        SSLEngineResult result = engine.unwrap(in, text);
        if (result.getStatus() == SSLEngineResult.Status.BUFFER_UNDERFLOW) {
            in.compact();
            int n = channel.read(in);
            in.flip();
            if (n < 0) {
                throw new SSLException("the peer has ended");
            }
            if (n == 0) {
                await(channel, SelectionKey.OP_READ);
            }
        }
    }

    private static void await(SocketChannel channel, int operation) throws IOException {
        try (Selector selector = Selector.open()) {
            channel.register(selector, operation);
            assertThat(Selecting.untilReady(selector)).isEqualTo(1);
        }
    }
}
