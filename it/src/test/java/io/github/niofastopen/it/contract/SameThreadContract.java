// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One thread that is client and server. */
@Contract
class SameThreadContract {

    @Test
    void itConnectsAndThenAccepts() throws IOException {
        try (Peer peer = new Peer(); SocketChannel channel = SocketChannel.open(peer.address());
             SocketChannel accepted = peer.server().accept()) {
            assertTalk(channel, accepted);
            assertTalk(accepted, channel);
        }
    }

    @Test
    void theServersFirstBytesAreThereForTheClient() throws IOException {
        try (Peer peer = new Peer(); SocketChannel channel = SocketChannel.open(peer.address());
             SocketChannel accepted = peer.server().accept()) {
            assertTalk(accepted, channel);
            assertTalk(channel, accepted);
        }
    }

    @Test
    void itConnectsAndWritesAndThenAccepts() throws IOException {
        try (Peer peer = new Peer(); SocketChannel channel = SocketChannel.open(peer.address())) {
            channel.write(ByteBuffer.wrap(Bytes.clientHello(250)));
            try (SocketChannel accepted = peer.server().accept()) {
                assertThat(Peer.receive(accepted, 250)).isEqualTo(Bytes.clientHello(250));
            }
        }
    }

    @Test
    void itBeginsANonBlockingConnectAcceptsAndThenFinishes() throws IOException {
        try (Peer peer = new Peer(); SocketChannel channel = SocketChannel.open()) {
            channel.configureBlocking(false);
            channel.connect(peer.address());
            try (SocketChannel accepted = peer.server().accept()) {
                channel.configureBlocking(true);
                assertThat(channel.finishConnect()).isTrue();
                assertTalk(channel, accepted);
                assertTalk(accepted, channel);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void oneSelectorServesBothSides(boolean ignoreConnectsResult) throws IOException {
        try (Peer peer = new Peer(); SocketChannel client = SocketChannel.open(); Selector selector = Selector.open()) {
            // given
            peer.server().configureBlocking(false);
            peer.server().register(selector, SelectionKey.OP_ACCEPT);
            client.configureBlocking(false);
            boolean connected = client.connect(peer.address());
            client.register(selector,
                connected && !ignoreConnectsResult ? SelectionKey.OP_WRITE : SelectionKey.OP_CONNECT);

            // when
            ByteBuffer hello = ByteBuffer.wrap(Bytes.clientHello(333));
            ByteBuffer received = ByteBuffer.allocate(1000);
            ByteBuffer echoed = ByteBuffer.allocate(1000);
            SocketChannel accepted = null;
            for (int turns = 0; echoed.position() < 333 && turns < 1000; turns++) {
                assertThat(Selecting.untilReady(selector)).isNotZero();
                for (SelectionKey key : selector.selectedKeys()) {
                    if (key.isAcceptable()) {
                        accepted = peer.server().accept();
                        accepted.configureBlocking(false);
                        accepted.register(selector, SelectionKey.OP_READ);
                    } else if (key.isConnectable()) {
                        assertThat(client.finishConnect()).isTrue();
                        key.interestOps(SelectionKey.OP_WRITE);
                    } else if (key.isWritable()) {
                        client.write(hello);
                        key.interestOps(hello.hasRemaining() ? SelectionKey.OP_WRITE : SelectionKey.OP_READ);
                    } else if (key.channel() == client) {
                        client.read(echoed);
                    } else {
                        accepted.read(received);
                        accepted.write(received.flip());
                        received.compact();
                    }
                }
                selector.selectedKeys().clear();
            }

            // then
            assertThat(echoed.flip()).isEqualTo(ByteBuffer.wrap(Bytes.clientHello(333)));
            accepted.close();
        }
    }

    private static void assertTalk(SocketChannel from, SocketChannel to) throws IOException {
        from.write(ByteBuffer.wrap(Bytes.text("word")));
        ByteBuffer heard = ByteBuffer.allocate(4);
        while (heard.hasRemaining()) {
            assertThat(to.read(heard)).isPositive();
        }
        assertThat(heard.array()).isEqualTo(Bytes.text("word"));
    }
}
