// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NotYetConnectedException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A peer that never answers: whichever call waits for it can be ended. */
@Contract
class SilentPeerContract {

    @Test
    void aConnectWaits() throws Exception {
        try (SocketChannel channel = SocketChannel.open()) {
            Background<Boolean> connect = Background.run(() -> channel.connect(Peer.silent())).awaitBlocked();
            assertThat(connect.isDone()).isFalse();
            assertThat(channel.isConnectionPending()).isTrue();
            assertThat(channel.isConnected()).isFalse();
        }
    }

    @Test
    void aNonBlockingConnectStaysPending() throws Exception {
        try (SocketChannel channel = SocketChannel.open(); Selector selector = Selector.open()) {
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_CONNECT);
            channel.connect(Peer.silent());
            assertThat(selector.select(100)).isZero();
            assertThat(channel.finishConnect()).isFalse();
            assertThat(channel.isConnectionPending()).isTrue();
        }
    }

    @Test
    void aPendingChannelThatIsMadeBlockingIsStillNotConnected() throws Exception {
        try (SocketChannel channel = SocketChannel.open()) {
            channel.configureBlocking(false);
            channel.connect(Peer.silent());
            channel.configureBlocking(true);
            assertThatThrownBy(() -> channel.read(ByteBuffer.allocate(1))).isInstanceOf(NotYetConnectedException.class);
            assertThatThrownBy(() -> channel.write(ByteBuffer.wrap(Bytes.clientHello(300))))
                .isInstanceOf(NotYetConnectedException.class);
            assertThat(channel.isOpen()).isTrue();
        }
    }

    /** The JDK's connect doesn't return. */
    @Test
    void whereConnectHasReturnedFinishConnectDoesNotWait() throws Exception {
        // given
        SocketChannel channel = SocketChannel.open();
        AtomicBoolean connected = new AtomicBoolean();

        // when
        Background<Boolean> work = Background.run(() -> {
            connected.set(channel.connect(Peer.silent()));
            channel.write(ByteBuffer.wrap(Bytes.clientHello(300)));
            return channel.finishConnect();
        }).awaitBlocked();
        channel.close();

        // then
        if (connected.get()) {
            assertThat(work.result()).isTrue();
        } else {
            assertThat(work.failure()).isInstanceOf(ClosedChannelException.class);
        }
    }

    @Test
    void aConnectOfTheSocketTimesOutAndClosesTheChannel() throws Exception {
        try (SocketChannel channel = SocketChannel.open()) {
            assertThatThrownBy(() -> channel.socket().connect(Peer.silent(), 100))
                .isInstanceOf(SocketTimeoutException.class);
            assertThat(channel.isOpen()).isFalse();
        }
    }

    @ParameterizedTest
    @MethodSource("io.github.niofastopen.it.contract.ThreadKind#available")
    void closeEndsAWaitToRead(ThreadKind kind) throws Exception {
        assertEndedByClose(kind, channel -> {
            channel.connect(Peer.silent());
            channel.read(ByteBuffer.allocate(1));
        });
    }

    @ParameterizedTest
    @MethodSource("io.github.niofastopen.it.contract.ThreadKind#available")
    void closeEndsAWaitToReadAfterAClientHello(ThreadKind kind) throws Exception {
        assertEndedByClose(kind, channel -> {
            channel.connect(Peer.silent());
            channel.write(ByteBuffer.wrap(Bytes.clientHello(300)));
            channel.read(ByteBuffer.allocate(1));
        });
    }

    @ParameterizedTest
    @MethodSource("io.github.niofastopen.it.contract.ThreadKind#available")
    void closeEndsAWaitToWrite(ThreadKind kind) throws Exception {
        assertEndedByClose(kind, channel -> {
            channel.connect(Peer.silent());
            channel.write(ByteBuffer.wrap(Bytes.plain(300)));
        });
    }

    @ParameterizedTest
    @MethodSource("io.github.niofastopen.it.contract.ThreadKind#available")
    void closeEndsAWaitToWriteWhatFollowsAClientHello(ThreadKind kind) throws Exception {
        assertEndedByClose(kind, channel -> {
            channel.connect(Peer.silent());
            channel.write(ByteBuffer.wrap(Bytes.clientHello(70_000)));
        });
    }

    @ParameterizedTest
    @MethodSource("io.github.niofastopen.it.contract.ThreadKind#available")
    void interruptEndsAWaitToRead(ThreadKind kind) throws Exception {
        assertEndedByInterrupt(kind, channel -> {
            channel.connect(Peer.silent());
            channel.read(ByteBuffer.allocate(1));
        });
    }

    @ParameterizedTest
    @MethodSource("io.github.niofastopen.it.contract.ThreadKind#available")
    void interruptEndsAWaitToReadAfterAClientHello(ThreadKind kind) throws Exception {
        assertEndedByInterrupt(kind, channel -> {
            channel.connect(Peer.silent());
            channel.write(ByteBuffer.wrap(Bytes.clientHello(300)));
            channel.read(ByteBuffer.allocate(1));
        });
    }

    @ParameterizedTest
    @MethodSource("io.github.niofastopen.it.contract.ThreadKind#available")
    void interruptEndsAWaitToWrite(ThreadKind kind) throws Exception {
        assertEndedByInterrupt(kind, channel -> {
            channel.connect(Peer.silent());
            channel.write(ByteBuffer.wrap(Bytes.plain(300)));
        });
    }

    @Test
    void aReadOfTheSocketOrItsConnectTimesOut() throws Exception {
        try (SocketChannel channel = SocketChannel.open()) {
            assertThatThrownBy(() -> {
                channel.socket().connect(Peer.silent(), 150);
                channel.socket().setSoTimeout(150);
                channel.socket().getOutputStream().write(Bytes.clientHello(300));
                channel.socket().getInputStream().read();
            }).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void aSelectorSleeps() throws Exception {
        try (SocketChannel channel = SocketChannel.open(); Selector selector = Selector.open()) {
            channel.configureBlocking(false);
            SelectionKey key = channel.register(selector, SelectionKey.OP_CONNECT);
            channel.connect(Peer.silent());
            if (selector.select(50) == 1) {
                channel.finishConnect();
                channel.write(ByteBuffer.wrap(Bytes.clientHello(300)));
            }
            key.interestOps(SelectionKey.OP_READ);
            assertThat(SelectorIdleContract.wakeUps(selector)).isLessThan(3);
        }
    }

    @Test
    void closedUnderItsSelectorItIsGone() throws Exception {
        try (Selector selector = Selector.open()) {
            SocketChannel channel = SocketChannel.open();
            channel.configureBlocking(false);
            SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
            channel.connect(Peer.silent());
            channel.close();
            assertThat(key.isValid()).isFalse();
            selector.selectNow();
            assertThat(selector.keys()).isEmpty();
        }
    }

    private static void assertEndedByClose(ThreadKind kind, Use use) throws Exception {
        SocketChannel channel = SocketChannel.open();
        Background<Void> work = run(kind, channel, use);
        channel.close();
        assertThat(work.failure()).isInstanceOf(ClosedChannelException.class);
    }

    private static void assertEndedByInterrupt(ThreadKind kind, Use use) throws Exception {
        try (SocketChannel channel = SocketChannel.open()) {
            Background<Void> work = run(kind, channel, use);
            work.interrupt();
            assertThat(work.failure()).isInstanceOf(ClosedByInterruptException.class);
            assertThat(channel.isOpen()).isFalse();
        }
    }

    private static Background<Void> run(ThreadKind kind, SocketChannel channel, Use use) throws Exception {
        Background<Void> work = Background.run(kind, () -> {
            use.of(channel);
            return (Void) null;
        });
        work.awaitBlocked();
        assertThat(work.isDone()).as("waits").isFalse();
        return work;
    }

    private interface Use {
        void of(SocketChannel channel) throws IOException;
    }
}
