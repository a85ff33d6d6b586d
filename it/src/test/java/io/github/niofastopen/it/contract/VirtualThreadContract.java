// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A virtual thread that waits in a call leaves its carrier to others: more of them wait than there are carriers. */
@Contract
@EnabledForJreRange(min = JRE.JAVA_21, disabledReason = "no virtual threads before JDK 21")
class VirtualThreadContract {
    private static final int CLOSES = 500;
    private static final int WAITING = 2 * Runtime.getRuntime().availableProcessors();

    interface Call {
        void on(SocketChannel channel) throws IOException;
    }

    static Stream<Named<Call>> callsThatWaitForASilentPeer() {
        return Stream.of(
            Named.of("read", channel -> channel.read(ByteBuffer.allocate(1))),
            Named.of("read after a ClientHello", channel -> {
                channel.write(ByteBuffer.wrap(Bytes.clientHello(300)));
                channel.read(ByteBuffer.allocate(1));
            }),
            Named.of("read of the socket", channel -> channel.socket().getInputStream().read()),
            Named.of("timed read of the socket", channel -> {
                channel.socket().setSoTimeout(60_000);
                channel.socket().getInputStream().read();
            }),
            Named.of("write", channel -> channel.write(ByteBuffer.wrap(Bytes.plain(300)))),
            Named.of("write of a ClientHello larger than one segment",
                channel -> channel.write(ByteBuffer.wrap(Bytes.clientHello(70_000)))));
    }

    @ParameterizedTest
    @MethodSource("callsThatWaitForASilentPeer")
    void beforeThePeersFirstAnswer(Call call) throws Exception {
        assertCarriersStayFree(i -> SocketChannel.open(), channel -> {
            channel.connect(Peer.silent());
            call.on(channel);
        });
    }

    @ParameterizedTest
    @EnumSource
    void inAReadThatThePeerDoesNotEnd(Stage stage) throws Exception {
        List<Connection> connections = new ArrayList<>();
        try {
            for (int i = 0; i < WAITING; i++) {
                connections.add(Connection.at(stage));
            }
            assertCarriersStayFree(i -> connections.get(i).channel(), channel -> channel.read(ByteBuffer.allocate(1)));
        } finally {
            for (Connection connection : connections) {
                connection.close();
            }
        }
    }

    /** A wait is known to the JDK's poller by the descriptor's number, which may be another channel's at once. */
    @Test
    void closingAChannelUnderOneDisturbsNoOther() throws Exception {
        // given: threads that read, each from connections of its own
        AtomicBoolean over = new AtomicBoolean();
        List<Background<Integer>> readers = new ArrayList<>();
        try (Peer peer = new Peer()) {
            Background.run(() -> {
                while (true) {
                    try (SocketChannel accepted = peer.accept()) {
                        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
                        Peer.send(accepted, Bytes.text("hello"));
                    }
                }
            });
            for (int i = 0; i < WAITING; i++) {
                readers.add(Background.run(ThreadKind.VIRTUAL, () -> readUntil(over, peer)));
            }

            // when
            for (int i = 0; i < CLOSES; i++) {
                closeUnderAReader();
            }
            over.set(true);

            // then
            for (Background<Integer> reader : readers) {
                assertThat(reader.result()).isPositive();
            }
        }
    }

    private static int readUntil(AtomicBoolean over, Peer peer) throws IOException {
        int connections = 0;
        for (; !over.get() || connections == 0; connections++) {
            try (SocketChannel channel = SocketChannel.open(peer.address())) {
                channel.read(ByteBuffer.allocate(10));
            }
        }
        return connections;
    }

    private static void closeUnderAReader() throws Exception {
        SocketChannel channel = SocketChannel.open();
        CountDownLatch reading = new CountDownLatch(1);
        Background<Integer> reader = Background.run(ThreadKind.VIRTUAL, () -> {
            channel.connect(Peer.silentAndNew());
            channel.write(ByteBuffer.wrap(Bytes.clientHello(300)));
            reading.countDown();
            return channel.read(ByteBuffer.allocate(1));
        });
        reading.await(1, TimeUnit.MILLISECONDS);
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        channel.close();
        assertThat(reader.failure()).isInstanceOf(ClosedChannelException.class);
    }

    private interface Channels {
        SocketChannel number(int i) throws IOException;
    }

    private static void assertCarriersStayFree(Channels channels, Call call) throws Exception {
        List<SocketChannel> opened = new ArrayList<>();
        try {
            // given
            List<Background<Void>> waiting = new ArrayList<>();
            for (int i = 0; i < WAITING; i++) {
                SocketChannel channel = channels.number(i);
                opened.add(channel);
                waiting.add(Background.run(ThreadKind.VIRTUAL, () -> {
                    call.on(channel);
                    return (Void) null;
                }));
            }
            for (Background<Void> each : waiting) {
                each.awaitBlocked();
            }

            // when
            Background<String> other = Background.run(ThreadKind.VIRTUAL, () -> "ran");

            // then
            assertThat(other.result()).isEqualTo("ran");
            assertThat(waiting).noneMatch(Background::isDone);
        } finally {
            for (SocketChannel channel : opened) {
                channel.close();
            }
        }
    }
}
