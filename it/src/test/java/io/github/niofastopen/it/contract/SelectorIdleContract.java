// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A selector whose channels have nothing to do sleeps. */
@Contract
class SelectorIdleContract {
    private static final long WATCHED_MILLIS = 300;

    /** How often a selector with nothing to do wakes up in a while. */
    static int wakeUps(Selector selector) throws IOException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(WATCHED_MILLIS);
        int wakeUps = 0;
        long left;
        while ((left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())) > 0 && wakeUps < 1000) {
            selector.select(left);
            if (System.nanoTime() < end - TimeUnit.MILLISECONDS.toNanos(1)) {
                wakeUps++;
            }
            selector.selectedKeys().clear();
        }
        return wakeUps;
    }

    @ParameterizedTest
    @EnumSource
    void withNothingToRead(Stage stage) throws IOException {
        try (Connection connection = Connection.nonBlockingAt(stage); Selector selector = Selector.open()) {
            connection.channel().register(selector, SelectionKey.OP_READ);
            assertThat(wakeUps(selector)).isZero();
            connection.assertWorksBothWays();
        }
    }

    @ParameterizedTest
    @EnumSource
    void withNothingOfInterest(Stage stage) throws IOException {
        try (Connection connection = Connection.nonBlockingAt(stage); Selector selector = Selector.open()) {
            connection.channel().register(selector, 0);
            assertThat(wakeUps(selector)).isZero();
        }
    }

    @Test
    void withAConnectThatIsOver() throws IOException {
        try (Peer peer = new Peer(); SocketChannel channel = SocketChannel.open(); Selector selector = Selector.open()) {
            channel.configureBlocking(false);
            SelectionKey key = channel.register(selector, SelectionKey.OP_CONNECT);
            channel.connect(peer.address());
            assertThat(Selecting.untilReady(selector)).isEqualTo(1);
            selector.selectedKeys().clear();
            channel.finishConnect();
            key.interestOps(SelectionKey.OP_READ);
            assertThat(wakeUps(selector)).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void afterShutdownOutput(Stage stage) throws IOException {
        try (Connection connection = Connection.nonBlockingAt(stage); Selector selector = Selector.open()) {
            connection.channel().shutdownOutput();
            connection.channel().register(selector, SelectionKey.OP_READ);
            assertThat(wakeUps(selector)).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void withAPeerThatDoesNotRead(Stage stage) throws IOException {
        try (Connection connection = Connection.nonBlockingAt(stage); Selector selector = Selector.open()) {
            // given
            connection.accepted();
            connection.channel().register(selector, SelectionKey.OP_WRITE);
            ByteBuffer endless = ByteBuffer.wrap(Bytes.plain(30_000_000));
            while (selector.select(200) > 0) {
                selector.selectedKeys().clear();
                connection.channel().write(endless);
            }

            // then
            assertThat(endless.hasRemaining()).isTrue();
            assertThat(wakeUps(selector)).isZero();
        }
    }
}
