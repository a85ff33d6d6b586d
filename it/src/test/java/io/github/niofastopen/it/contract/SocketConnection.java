// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.provider.Arguments;

/** A socket that isn't a channel's, connected to a peer, at some stage. */
final class SocketConnection implements AutoCloseable {
    private static final int FIRST_FLIGHT = 300;
    private static final byte[] REPLY = Bytes.text("reply");

    private final Peer peer = new Peer();
    private final Socket socket = new Socket();
    private byte[] unread = {};
    private SocketChannel accepted;

    private SocketConnection() throws IOException {
    }

    static SocketConnection at(Stage stage) throws IOException {
        SocketConnection connection = new SocketConnection();
        connection.socket.connect(connection.peer.address());
        connection.advanceTo(stage);
        return connection;
    }

    /** All stages on all kinds of threads. */
    static List<Arguments> stagesAndThreads() {
        List<Arguments> all = new ArrayList<>();
        for (ThreadKind kind : ThreadKind.available()) {
            for (Stage stage : Stage.values()) {
                all.add(Arguments.of(stage, kind));
            }
        }
        return all;
    }

    private void advanceTo(Stage stage) throws IOException {
        switch (stage) {
            case UNWRITTEN:
                break;
            case HELLO_WRITTEN:
                write(Bytes.clientHello(FIRST_FLIGHT));
                break;
            case PLAIN_WRITTEN:
                write(Bytes.plain(FIRST_FLIGHT));
                break;
            default:
                write(Bytes.clientHello(FIRST_FLIGHT));
                assertPeerReceives(new byte[0]);
                Peer.send(accepted(), REPLY);
                assertThat(read(REPLY.length)).isEqualTo(REPLY);
        }
    }

    Socket socket() {
        return socket;
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

    /** Writes what the peer is to receive. */
    void write(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        unread = Bytes.concat(unread, bytes);
    }

    byte[] read(int length) throws IOException {
        return socket.getInputStream().readNBytes(length);
    }

    /** The peer receives what was written so far, and {@code more}. */
    void assertPeerReceives(byte[] more) throws IOException {
        byte[] expected = Bytes.concat(unread, more);
        unread = new byte[0];
        assertThat(Peer.receive(accepted(), expected.length)).isEqualTo(expected);
    }

    /** The peer receives what was written so far, and then the end. */
    void assertPeerReachesTheEnd() throws IOException {
        byte[] expected = unread;
        unread = new byte[0];
        assertThat(Peer.receiveToTheEnd(accepted())).isEqualTo(expected);
    }

    void assertWorksBothWays() throws IOException {
        write(Bytes.text("ping"));
        assertPeerReceives(new byte[0]);
        Peer.send(accepted(), Bytes.text("pong"));
        assertThat(read(4)).isEqualTo(Bytes.text("pong"));
    }

    @Override
    public void close() throws IOException {
        socket.close();
        if (accepted != null) {
            accepted.close();
        }
        peer.close();
    }
}
