// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.IllegalBlockingModeException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Contract
class SelectorContract {
    private static final int PATIENCE = 5000;

    private Selector selector;

    @BeforeEach
    void open() throws IOException {
        selector = Selector.open();
    }

    @AfterEach
    void close() throws IOException {
        selector.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aConnectBecomesReadyToBeFinishedWhetherRegisteredBeforeItOrAfter(boolean before) throws IOException {
        try (Peer peer = new Peer(); SocketChannel channel = SocketChannel.open()) {
            channel.configureBlocking(false);
            SelectionKey key;
            if (before) {
                key = channel.register(selector, SelectionKey.OP_CONNECT);
                channel.connect(peer.address());
            } else {
                channel.connect(peer.address());
                key = channel.register(selector, SelectionKey.OP_CONNECT);
            }
            assertThat(Selecting.untilReady(selector)).isEqualTo(1);
            assertThat(key.readyOps()).isEqualTo(SelectionKey.OP_CONNECT);
            assertThat(key.isConnectable()).isTrue();
            assertThat(channel.finishConnect()).isTrue();
        }
    }

    @Test
    void aConnectThatStartsUnderASleepingSelectorWakesIt() throws Exception {
        try (Peer peer = new Peer(); SocketChannel channel = SocketChannel.open()) {
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_CONNECT);
            selector.selectNow();
            selector.selectedKeys().clear();
            Background<Integer> loop = Background.run(() -> {
                int n;
                do {
                    selector.selectedKeys().clear();
                    n = selector.select(PATIENCE);
                } while (n == 0 || !channel.isConnectionPending());
                return n;
            });
            channel.connect(peer.address());
            assertThat(loop.result()).isEqualTo(1);
            assertThat(channel.finishConnect()).isTrue();
        }
    }

    @Test
    void withAllInterestsAPendingConnectIsConnectableOnly() throws IOException {
        try (Peer peer = new Peer(); SocketChannel channel = SocketChannel.open()) {
            channel.configureBlocking(false);
            channel.connect(peer.address());
            SelectionKey key = channel.register(selector,
                SelectionKey.OP_CONNECT | SelectionKey.OP_READ | SelectionKey.OP_WRITE);
            assertThat(Selecting.untilReady(selector)).isEqualTo(1);
            assertThat(key.readyOps()).isEqualTo(SelectionKey.OP_CONNECT);
            channel.finishConnect();
            selector.selectedKeys().clear();
            key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
            assertThat(Selecting.untilReady(selector)).isEqualTo(1);
            assertThat(key.readyOps()).isEqualTo(SelectionKey.OP_WRITE);
        }
    }

    @Test
    void aPendingConnectIsNotWritableYet() throws IOException {
        try (Peer peer = new Peer(); SocketChannel channel = SocketChannel.open()) {
            channel.configureBlocking(false);
            channel.connect(peer.address());
            SelectionKey key = channel.register(selector, SelectionKey.OP_WRITE);
            selector.select(20);
            assertThat(key.readyOps()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatThePeerSendsMakesItReadable(Stage stage) throws IOException {
        try (Connection connection = Connection.nonBlockingAt(stage)) {
            SelectionKey key = connection.channel().register(selector, SelectionKey.OP_READ);
            Peer.send(connection.accepted(), Bytes.text("x"));
            assertThat(Selecting.untilReady(selector)).isEqualTo(1);
            assertThat(key.readyOps()).isEqualTo(SelectionKey.OP_READ);
            assertThat(connection.channel().read(ByteBuffer.allocate(2))).isEqualTo(1);
            selector.selectedKeys().clear();
            assertThat(selector.selectNow()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSelectorThatSleepsIsWokenByThePeer(Stage stage) throws Exception {
        try (Connection connection = Connection.nonBlockingAt(stage)) {
            connection.channel().register(selector, SelectionKey.OP_READ);
            Background<Integer> loop = Background.run(() -> Selecting.untilReady(selector)).awaitBlocked();
            Peer.send(connection.accepted(), Bytes.text("x"));
            assertThat(loop.result()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void thePeersEndMakesItReadable(Stage stage) throws IOException {
        try (Connection connection = Connection.nonBlockingAt(stage)) {
            connection.channel().register(selector, SelectionKey.OP_READ);
            connection.accepted().close();
            assertThat(Selecting.untilReady(selector)).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(names = "HELLO_WRITTEN", mode = EnumSource.Mode.EXCLUDE)
    void itIsWritable(Stage stage) throws IOException {
        try (Connection connection = Connection.nonBlockingAt(stage)) {
            SelectionKey key = connection.channel().register(selector, SelectionKey.OP_WRITE);
            assertThat(Selecting.untilReady(selector)).isEqualTo(1);
            assertThat(key.readyOps()).isEqualTo(SelectionKey.OP_WRITE);
            connection.assertWorksBothWays();
        }
    }

    @ParameterizedTest
    @EnumSource
    void itIsReadableAndWritable(Stage stage) throws IOException {
        try (Connection connection = Connection.nonBlockingAt(stage)) {
            Peer.send(connection.accepted(), Bytes.text("x"));
            SelectionKey key = connection.channel().register(selector, SelectionKey.OP_READ | SelectionKey.OP_WRITE);
            while (!key.isReadable() || !key.isWritable()) {
                assertThat(Selecting.untilReady(selector)).isNotZero();
            }
            assertThat(connection.channel().read(ByteBuffer.allocate(2))).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void severalSelectorsSeeTheSame(Stage stage) throws IOException {
        try (Connection connection = Connection.nonBlockingAt(stage); Selector other = Selector.open()) {
            connection.channel().register(selector, SelectionKey.OP_READ);
            connection.channel().register(other, SelectionKey.OP_READ | SelectionKey.OP_WRITE);
            Peer.send(connection.accepted(), Bytes.text("x"));
            assertThat(Selecting.untilReady(selector)).isEqualTo(1);
            assertThat(Selecting.untilReady(other)).isEqualTo(1);
        }
    }

    @Test
    void severalSelectorsSeeThePendingConnect() throws IOException {
        try (Peer peer = new Peer(); SocketChannel channel = SocketChannel.open(); Selector other = Selector.open()) {
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_CONNECT);
            channel.register(other, SelectionKey.OP_CONNECT);
            channel.connect(peer.address());
            assertThat(Selecting.untilReady(selector)).isEqualTo(1);
            assertThat(Selecting.untilReady(other)).isEqualTo(1);
            assertThat(channel.finishConnect()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aCancelledKeyIsInvalidAndTheChannelCanBeRegisteredAgain(Stage stage) throws IOException {
        try (Connection connection = Connection.nonBlockingAt(stage)) {
            SocketChannel channel = connection.channel();
            SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
            key.cancel();
            assertThat(key.isValid()).isFalse();
            assertThatThrownBy(() -> channel.register(selector, SelectionKey.OP_READ))
                .isInstanceOf(CancelledKeyException.class);
            assertThatThrownBy(key::readyOps).isInstanceOf(CancelledKeyException.class);
            selector.selectNow();
            assertThat(channel.isRegistered()).isFalse();
            channel.register(selector, SelectionKey.OP_READ);
            Peer.send(connection.accepted(), Bytes.text("x"));
            assertThat(Selecting.untilReady(selector)).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aKeyCancelledUnderASleepingSelectorIsGoneWhenItWakes(Stage stage) throws Exception {
        try (Connection connection = Connection.nonBlockingAt(stage)) {
            SelectionKey key = connection.channel().register(selector, SelectionKey.OP_READ);
            Background<Integer> loop = Background.run(() -> selector.select(PATIENCE)).awaitBlocked();
            key.cancel();
            selector.wakeup();
            assertThat(loop.result()).isZero();
            assertThat(selector.keys()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(names = "UNWRITTEN", mode = EnumSource.Mode.EXCLUDE)
    void closedWhileRegisteredThePeerReachesTheEnd(Stage stage) throws IOException {
        try (Connection connection = Connection.nonBlockingAt(stage)) {
            SelectionKey key = connection.channel().register(selector, SelectionKey.OP_READ);
            selector.selectNow();
            connection.channel().close();
            assertThat(key.isValid()).isFalse();
            connection.assertPeerReachesTheEnd();
            selector.selectNow();
            assertThat(selector.keys()).isEmpty();
        }
    }

    @Test
    void closedUnwrittenWhileRegisteredThePeerReachesTheEndOrNeverHearsOfIt() throws IOException {
        try (Connection connection = Connection.nonBlockingAt(Stage.UNWRITTEN)) {
            SelectionKey key = connection.channel().register(selector, SelectionKey.OP_READ);
            selector.selectNow();
            connection.channel().close();
            assertThat(key.isValid()).isFalse();
            selector.selectNow();
            assertThat(selector.keys()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void closedWhileASelectorSleepsItIsDeregistered(Stage stage) throws Exception {
        try (Connection connection = Connection.nonBlockingAt(stage)) {
            connection.channel().register(selector, SelectionKey.OP_READ);
            Background<Integer> loop = Background.run(() -> selector.select(PATIENCE)).awaitBlocked();
            connection.channel().close();
            selector.wakeup();
            assertThat(loop.result()).isZero();
            assertThat(selector.keys()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRegisteredChannelCannotBecomeBlocking(Stage stage) throws IOException {
        try (Connection connection = Connection.nonBlockingAt(stage)) {
            connection.channel().register(selector, SelectionKey.OP_READ);
            assertThatThrownBy(() -> connection.channel().configureBlocking(true))
                .isInstanceOf(IllegalBlockingModeException.class);
            assertThat(connection.channel().isBlocking()).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aBlockingChannelCannotBeRegistered(Stage stage) throws IOException {
        try (Connection connection = Connection.at(stage)) {
            assertThatThrownBy(() -> connection.channel().register(selector, SelectionKey.OP_READ))
                .isInstanceOf(IllegalBlockingModeException.class);
        }
    }

    @Test
    void acceptIsNoOperationOfAChannelAndAClosedOneCannotBeRegistered() throws IOException {
        SocketChannel channel = SocketChannel.open();
        channel.configureBlocking(false);
        assertThatThrownBy(() -> channel.register(selector, SelectionKey.OP_ACCEPT))
            .isInstanceOf(IllegalArgumentException.class);
        channel.close();
        assertThatThrownBy(() -> channel.register(selector, SelectionKey.OP_READ))
            .isInstanceOf(ClosedChannelException.class);
    }

    @ParameterizedTest
    @EnumSource
    void shutInputIsReadable(Stage stage) throws IOException {
        try (Connection connection = Connection.nonBlockingAt(stage)) {
            connection.channel().register(selector, SelectionKey.OP_READ);
            connection.channel().shutdownInput();
            assertThat(Selecting.untilReady(selector)).isEqualTo(1);
            assertThat(connection.channel().read(ByteBuffer.allocate(1))).isEqualTo(-1);
        }
    }

    @Test
    void aPlainFirstWriteThatIsTakenLaterIsAnnouncedByWritability() throws IOException {
        try (Connection connection = Connection.nonBlockingAt(Stage.UNWRITTEN)) {
            SelectionKey key = connection.channel().register(selector, SelectionKey.OP_WRITE);
            ByteBuffer plain = ByteBuffer.wrap(Bytes.plain(500));
            while (plain.hasRemaining()) {
                assertThat(Selecting.untilReady(selector)).isEqualTo(1);
                selector.selectedKeys().remove(key);
                connection.channel().write(plain);
            }
            connection.assertPeerReceives(Bytes.plain(500));
        }
    }
}
