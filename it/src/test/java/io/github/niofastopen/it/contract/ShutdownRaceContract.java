// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Two threads that shut a channel at the same time: while its peer's first answer is on its way, and later. */
@Contract
class ShutdownRaceContract {
    private static final InetSocketAddress ECHO = new InetSocketAddress(System.getenv("LAB_FAR"), 443);
    private static final int ROUNDS = 10;
    private static final int FLIGHT = 300;
    private static final long GLANCE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
    /** ESTABLISHED, SYN_SENT and CLOSE_WAIT: this side's FIN has not left (include/net/tcp_states.h). */
    private static final Set<String> NOT_ENDED = Set.of("01", "02", "08");

    static List<Arguments> stagesAndThreads() {
        List<Arguments> all = new ArrayList<>();
        for (ThreadKind kind : ThreadKind.available()) {
            for (Stage stage : Stage.values()) {
                all.add(Arguments.of(stage, kind));
            }
        }
        return all;
    }

    static Stream<Arguments> helloAndThreads() {
        return ThreadKind.available().stream().flatMap(kind -> Stream.of(Arguments.of(true, kind), Arguments.of(false, kind)));
    }

    @ParameterizedTest
    @MethodSource("stagesAndThreads")
    void bothDirections(Stage stage, ThreadKind kind) throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            try (Connection connection = Connection.at(stage)) {
                // when
                SocketChannel channel = connection.channel();
                assertThat(atOnce(kind, channel::shutdownInput, channel::shutdownOutput)).containsOnlyNulls();

                // then
                assertShutBothWays(channel);
                connection.assertPeerReachesTheEnd();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("helloAndThreads")
    void bothDirectionsBeforeThePeerHasAnswered(boolean hello, ThreadKind kind) throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            try (SocketChannel channel = connected(hello)) {
                // when
                assertThat(atOnce(kind, channel::shutdownInput, channel::shutdownOutput)).containsOnlyNulls();

                // then
                assertShutBothWays(channel);
                awaitEnded(channel);
                assertShutBothWays(channel);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("helloAndThreads")
    void theOutputTwiceBeforeThePeerHasAnswered(boolean hello, ThreadKind kind) throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            try (SocketChannel channel = connected(hello)) {
                // when
                assertThat(atOnce(kind, channel::shutdownOutput, channel::shutdownOutput)).containsOnlyNulls();

                // then
                assertThat(channel.socket().getInputStream().readAllBytes()).hasSize(hello ? FLIGHT : 0);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("helloAndThreads")
    void theOutputAndTheWholeBeforeThePeerHasAnswered(boolean hello, ThreadKind kind) throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            // given
            SocketChannel channel = connected(hello);

            // when
            List<Throwable> failures = atOnce(kind, channel::shutdownOutput, () -> {
                channel.close();
                return channel;
            });

            // then
            assertThat(failures.get(0)).satisfiesAnyOf(
                failure -> assertThat(failure).isNull(),
                failure -> assertThat(failure).isInstanceOf(ClosedChannelException.class));
            assertThat(failures.get(1)).isNull();
            assertThat(channel.isOpen()).isFalse();
        }
    }

    private static SocketChannel connected(boolean hello) throws IOException {
        SocketChannel channel = SocketChannel.open(ECHO);
        if (hello) {
            channel.write(ByteBuffer.wrap(Bytes.clientHello(FLIGHT)));
        }
        return channel;
    }

    /** @return what each has thrown, or null */
    private static List<Throwable> atOnce(ThreadKind kind, Callable<SocketChannel> first, Callable<SocketChannel> second)
            throws Exception {
        CyclicBarrier together = new CyclicBarrier(2);
        List<Background<SocketChannel>> both = Stream.of(first, second).map(call -> Background.run(kind, () -> {
            together.await();
            return call.call();
        })).toList();
        List<Throwable> failures = new ArrayList<>();
        for (Background<SocketChannel> each : both) {
            failures.add(each.failure());
        }
        return failures;
    }

    private static void assertShutBothWays(SocketChannel channel) throws IOException {
        assertThat(channel.read(ByteBuffer.allocate(1))).isEqualTo(-1);
        assertThatThrownBy(() -> channel.write(ByteBuffer.allocate(1))).isInstanceOf(ClosedChannelException.class);
        assertThat(channel.isConnected()).isTrue();
    }

    /** As the kernel has it: the channel has been shut by now as far as it tells. */
    private static void awaitEnded(SocketChannel channel) throws IOException {
        String port = String.format(":%04X", ((InetSocketAddress) channel.getLocalAddress()).getPort());
        while (states(port).anyMatch(NOT_ENDED::contains)) {
            LockSupport.parkNanos(GLANCE_NANOS);
        }
    }

    /** The states of this port's connections to the echo server: an IPv4 one may be in either table. */
    private static Stream<String> states(String port) throws IOException {
        List<String> lines = new ArrayList<>(Files.readAllLines(Path.of("/proc/self/net/tcp")));
        lines.addAll(Files.readAllLines(Path.of("/proc/self/net/tcp6")));
        return lines.stream().map(line -> line.trim().split(" +"))
            .filter(fields -> fields[1].endsWith(port) && fields[2].endsWith(String.format(":%04X", ECHO.getPort())))
            .map(fields -> fields[3]);
    }
}
