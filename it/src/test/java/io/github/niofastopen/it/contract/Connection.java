// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/** A channel that is connected to a peer, at some stage. */
final class Connection implements AutoCloseable {
    private static final int FIRST_FLIGHT = 300;
    private static final byte[] REPLY = Bytes.text("reply");

    private final Peer peer = new Peer();
    private final SocketChannel channel = SocketChannel.open();
    private byte[] unread = {};
    private SocketChannel accepted;

    private Connection() throws IOException {
    }

    /** In blocking mode. */
    static Connection at(Stage stage) throws IOException {
        Connection connection = new Connection();
        connection.channel.connect(connection.peer.address());
        connection.advanceTo(stage);
        return connection;
    }

    /** In non-blocking mode, from the beginning. */
    static Connection nonBlockingAt(Stage stage) throws IOException {
        Connection connection = new Connection();
        SocketChannel channel = connection.channel;
        channel.configureBlocking(false);
        if (!channel.connect(connection.peer.address())) {
            try (Selector selector = Selector.open()) {
                channel.register(selector, SelectionKey.OP_CONNECT);
                assertThat(Selecting.untilReady(selector)).as("ready to finish the connect").isEqualTo(1);
                assertThat(channel.finishConnect()).isTrue();
            }
        }
        connection.advanceTo(stage);
        return connection;
    }

    private void advanceTo(Stage stage) throws IOException {
        switch (stage) {
            case UNWRITTEN:
                break;
            case HELLO_WRITTEN:
                writeAll(Bytes.clientHello(FIRST_FLIGHT));
                break;
            case PLAIN_WRITTEN:
                writeAll(Bytes.plain(FIRST_FLIGHT));
                break;
            default:
                writeAll(Bytes.clientHello(FIRST_FLIGHT));
                assertPeerReceives(new byte[0]);
                Peer.send(accepted(), REPLY);
                assertThat(readFully(REPLY.length)).isEqualTo(REPLY);
        }
    }

    SocketChannel channel() {
        return channel;
    }

    Peer peer() {
        return peer;
    }

    /** The peer's side. */
    SocketChannel accepted() throws IOException {
        if (accepted == null) {
            accepted = peer.accept();
        }
        return accepted;
    }

    /** Writes, in either mode, until all is written; the peer is to receive it. */
    void writeAll(byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        if (channel.isBlocking()) {
            channel.write(buffer);
        } else {
            try (Selector selector = Selector.open()) {
                channel.register(selector, SelectionKey.OP_WRITE);
                while (buffer.hasRemaining()) {
                    selector.select(ready -> { }, 5000);
                    channel.write(buffer);
                }
            }
        }
        assertThat(buffer.hasRemaining()).isFalse();
        written(bytes);
    }

    /** The test itself has written this. */
    void written(byte[] bytes) {
        unread = Bytes.concat(unread, bytes);
    }

    byte[] readFully(int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        if (channel.isBlocking()) {
            while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
                // more
            }
        } else {
            try (Selector selector = Selector.open()) {
                channel.register(selector, SelectionKey.OP_READ);
                do {
                    selector.selectedKeys().clear();
                    assertThat(Selecting.untilReady(selector)).as("ready to read").isEqualTo(1);
                } while (channel.read(buffer) >= 0 && buffer.hasRemaining());
            }
        }
        assertThat(buffer.position()).as("bytes read").isEqualTo(length);
        return buffer.array();
    }

    /** The peer receives what was written so far, and {@code more}. */
    void assertPeerReceives(byte[] more) throws IOException {
        byte[] expected = Bytes.concat(unread, more);
        unread = new byte[0];
        assertThat(Peer.receive(accepted(), expected.length)).isEqualTo(expected);
    }

    void assertPeerReceives() throws IOException {
        assertPeerReceives(new byte[0]);
    }

    /** The peer receives what was written so far, and then the end. */
    void assertPeerReachesTheEnd() throws IOException {
        byte[] expected = unread;
        unread = new byte[0];
        assertThat(Peer.receiveToTheEnd(accepted())).isEqualTo(expected);
    }

    void assertWorksBothWays() throws IOException {
        writeAll(Bytes.text("ping"));
        assertPeerReceives();
        Peer.send(accepted(), Bytes.text("pong"));
        assertThat(readFully(4)).isEqualTo(Bytes.text("pong"));
    }

    @Override
    public void close() throws IOException {
        channel.close();
        if (accepted != null) {
            accepted.close();
        }
        peer.close();
    }
}
