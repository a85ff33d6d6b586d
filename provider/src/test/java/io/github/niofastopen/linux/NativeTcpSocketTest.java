// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NativeTcpSocketTest {
    /** asm-generic/fcntl.h. */
    private static final int O_NONBLOCK = 04000;

    @BeforeAll
    static void loadLibrary() throws NativeLibrary.UnavailableException {
        NativeLibrary.load(null);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @Timeout(20)
    void connectToASilentPeerReturnsWhetherTheDescriptorBlocksOrNot(boolean blocking) throws IOException {
        // given: a server whose queue is full answers no SYN
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            List<SocketChannel> fillers = List.of(begunTo(server), begunTo(server));
            Set<Integer> before = sockets();
            try (SocketChannel channel = SocketChannel.open()) {
                channel.configureBlocking(blocking);
                int fd = theOneMoreThan(before);

                // when
                int result = new NativeTcpSocket(fd).connect((InetSocketAddress) server.getLocalSocketAddress());

                // then
                assertThat(Errno.describe(result)).startsWith("EINPROGRESS");
                assertThat((statusFlags(fd) & O_NONBLOCK) == 0).isEqualTo(blocking);
            }
            for (SocketChannel filler : fillers) {
                filler.close();
            }
        }
    }

    @Test
    void connectToAServerThatAnswersAtOnceMayHaveSucceeded() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Set<Integer> before = sockets();
            try (SocketChannel channel = SocketChannel.open()) {
                assertThat(channel.isBlocking()).isTrue();

                int result = new NativeTcpSocket(theOneMoreThan(before))
                    .connect((InetSocketAddress) server.getLocalSocketAddress());

                assertThat(result).isZero();
            }
        }
    }

    private static SocketChannel begunTo(ServerSocket server) throws IOException {
        SocketChannel channel = SocketChannel.open();
        channel.configureBlocking(false);
        channel.connect(server.getLocalSocketAddress());
        return channel;
    }

    private static int theOneMoreThan(Set<Integer> before) throws IOException {
        Set<Integer> more = new TreeSet<>(sockets());
        more.removeAll(before);
        assertThat(more).hasSize(1);
        return more.iterator().next();
    }

    private static Set<Integer> sockets() throws IOException {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors.filter(path -> target(path).startsWith("socket:"))
                .map(path -> Integer.valueOf(path.getFileName().toString())).collect(Collectors.toSet());
        }
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException e) {
            return "";
        }
    }

    private static int statusFlags(int fd) throws IOException {
        return Files.readAllLines(Path.of("/proc/self/fdinfo/" + fd)).stream().filter(line -> line.startsWith("flags:"))
            .mapToInt(line -> Integer.parseInt(line.substring("flags:".length()).trim(), 8)).findFirst().orElseThrow();
    }
}
