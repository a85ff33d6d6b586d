package io.github.niofastopen.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A virtual thread that waits in a call leaves its carrier to others: more of them wait than there are carriers. */
@Contract
@EnabledForJreRange(min = JRE.JAVA_21, disabledReason = "no virtual threads before JDK 21")
class VirtualThreadContract {
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
