// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A client that connects and never writes: one thread is client and server, so nothing but time can help it. */
@Contract
class UnwrittenContract {
    enum Way {
        BLOCKING {
            @Override
            SocketChannel connect(Peer peer) throws IOException {
                return SocketChannel.open(peer.address());
            }
        },
        SOCKET {
            @Override
            SocketChannel connect(Peer peer) throws IOException {
                SocketChannel channel = SocketChannel.open();
                channel.socket().connect(peer.address(), 5000);
                return channel;
            }
        },
        /** Nobody has called finishConnect. */
        PENDING {
            @Override
            SocketChannel connect(Peer peer) throws IOException {
                SocketChannel channel = SocketChannel.open();
                channel.configureBlocking(false);
                channel.connect(peer.address());
                return channel;
            }
        },
        FINISHED {
            @Override
            SocketChannel connect(Peer peer) throws IOException {
                SocketChannel channel = PENDING.connect(peer);
                try (Selector selector = Selector.open()) {
                    channel.register(selector, SelectionKey.OP_CONNECT);
                    assertThat(Selecting.untilReady(selector)).isOne();
                    assertThat(channel.finishConnect()).isTrue();
                }
                return channel;
            }
        };

        abstract SocketChannel connect(Peer peer) throws IOException;
    }

    @ParameterizedTest
    @EnumSource
    void itIsAccepted(Way way) throws IOException {
        try (Peer peer = new Peer(); SocketChannel channel = way.connect(peer);
             SocketChannel accepted = peer.server().accept()) {
            assertThat(channel.isOpen() && accepted.isConnected()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void itsSelectorIsWokenByTheServersFirstBytes(Way way) throws IOException {
        try (Peer peer = new Peer(); SocketChannel channel = way.connect(peer);
             SocketChannel accepted = peer.server().accept(); Selector selector = Selector.open()) {
            // given
            channel.configureBlocking(false);
            assertThat(channel.finishConnect()).isTrue();
            channel.register(selector, SelectionKey.OP_READ);

            // when
            Peer.send(accepted, Bytes.text("220 A"));

            // then
            assertThat(Selecting.untilReady(selector)).isOne();
            ByteBuffer heard = ByteBuffer.allocate(5);
            assertThat(channel.read(heard)).isEqualTo(5);
            assertThat(heard.array()).isEqualTo(Bytes.text("220 A"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void itsEndIsSeenByTheServer(Way way) throws IOException {
        try (Peer peer = new Peer()) {
            SocketChannel channel = way.connect(peer);
            SocketChannel accepted = peer.server().accept();
            channel.close();
            assertThat(accepted.read(ByteBuffer.allocate(1))).isEqualTo(-1);
            accepted.close();
        }
    }
}
