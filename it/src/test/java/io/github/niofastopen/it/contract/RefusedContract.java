// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A peer that refuses: whichever call is the first to tell, it tells the same, and there is no connection afterwards. */
@Contract
class RefusedContract {

    @ParameterizedTest
    @MethodSource("io.github.niofastopen.it.contract.ThreadKind#available")
    void byTheFirstReadItIsKnown(ThreadKind kind) throws Exception {
        assertRefused(kind, channel -> {
            channel.connect(Peer.refusing());
            return channel.read(ByteBuffer.allocate(1));
        });
    }

    @ParameterizedTest
    @MethodSource("io.github.niofastopen.it.contract.ThreadKind#available")
    void byTheReadAfterAClientHelloItIsKnown(ThreadKind kind) throws Exception {
        assertRefused(kind, channel -> {
            channel.connect(Peer.refusing());
            channel.write(ByteBuffer.wrap(Bytes.clientHello(300)));
            return channel.read(ByteBuffer.allocate(1));
        });
    }

    @ParameterizedTest
    @MethodSource("io.github.niofastopen.it.contract.ThreadKind#available")
    void byTheFirstWriteOfAnythingElseItIsKnown(ThreadKind kind) throws Exception {
        assertRefused(kind, channel -> {
            channel.connect(Peer.refusing());
            return channel.write(ByteBuffer.wrap(Bytes.plain(300)));
        });
    }

    @ParameterizedTest
    @MethodSource("io.github.niofastopen.it.contract.ThreadKind#available")
    void byTheReadOfTheSocketItIsKnown(ThreadKind kind) throws Exception {
        assertRefused(kind, channel -> {
            channel.socket().connect(Peer.refusing(), 2000);
            channel.socket().setSoTimeout(2000);
            channel.socket().getOutputStream().write(Bytes.clientHello(300));
            return channel.socket().getInputStream().read();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"hello", "plain", "nothing"})
    void bySelectingForReadItIsKnown(String first) throws Exception {
        assertRefused(ThreadKind.PLATFORM, channel -> {
            channel.configureBlocking(false);
            channel.connect(Peer.refusing());
            try (Selector selector = Selector.open()) {
                SelectionKey key = channel.register(selector, SelectionKey.OP_CONNECT);
                assertThat(Selecting.untilReady(selector)).isEqualTo(1);
                channel.finishConnect();
                if (first.equals("hello")) {
                    channel.write(ByteBuffer.wrap(Bytes.clientHello(300)));
                } else if (first.equals("plain")) {
                    channel.write(ByteBuffer.wrap(Bytes.plain(300)));
                }
                key.interestOps(SelectionKey.OP_READ);
                selector.selectedKeys().clear();
                assertThat(Selecting.untilReady(selector)).isEqualTo(1);
                return channel.read(ByteBuffer.allocate(1));
            }
        });
    }

    @Test
    void byTransferringAFileWithoutBlockingItIsKnown(@TempDir Path folder) throws Exception {
        Path file = Files.write(folder.resolve("file"), Bytes.plain(300));
        assertRefused(ThreadKind.PLATFORM, channel -> {
            channel.configureBlocking(false);
            channel.connect(Peer.refusing());
            try (Selector selector = Selector.open(); FileChannel source = FileChannel.open(file)) {
                SelectionKey key = channel.register(selector, SelectionKey.OP_CONNECT);
                assertThat(Selecting.untilReady(selector)).isEqualTo(1);
                channel.finishConnect();
                channel.write(ByteBuffer.wrap(Bytes.clientHello(300)));
                key.interestOps(SelectionKey.OP_WRITE);
                selector.selectedKeys().clear();
                assertThat(Selecting.untilReady(selector)).isEqualTo(1);
                return (int) source.transferTo(0, 300, channel);
            }
        });
    }

    private static void assertRefused(ThreadKind kind, Use use) throws Exception {
        try (SocketChannel channel = SocketChannel.open()) {
            Background<Integer> work = Background.run(kind, () -> use.of(channel));
            assertThat(work.failure()).isExactlyInstanceOf(ConnectException.class)
                .hasMessageStartingWith("Connection refused"); // JDK 27 may go on "(connect failed)"
            Callable<?> read = () -> channel.read(ByteBuffer.allocate(1));
            assertThatThrownBy(read::call).isInstanceOfAny(ClosedChannelException.class, ConnectException.class);
        }
    }

    private interface Use {
        int of(SocketChannel channel) throws IOException;
    }
}
