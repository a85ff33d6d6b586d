// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.NotYetConnectedException;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code FileChannel.transferTo} and {@code transferFrom}. */
@Contract
class TransferContract {
    private static final int SIZE = 200_000;

    @TempDir
    private Path folder;
    private Path file;

    @BeforeEach
    void write() throws IOException {
        file = Files.write(folder.resolve("file"), Bytes.concat(Bytes.clientHello(700), Bytes.plain(SIZE - 700)));
    }

    @ParameterizedTest
    @EnumSource
    void aFileIsTransferredToAChannel(Stage stage) throws Exception {
        try (Connection connection = Connection.at(stage); FileChannel source = FileChannel.open(file)) {
            Background<Long> transfer = Background.run(() -> transferAll(source, connection.channel()));
            connection.assertPeerReceives(Files.readAllBytes(file));
            assertThat(transfer.result()).isEqualTo(SIZE);
            connection.assertWorksBothWays();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFileIsTransferredToANonBlockingChannel(Stage stage) throws Exception {
        try (Connection connection = Connection.nonBlockingAt(stage); FileChannel source = FileChannel.open(file)) {
            Background<Long> transfer = Background.run(() -> transferAll(source, connection.channel()));
            connection.assertPeerReceives(Files.readAllBytes(file));
            assertThat(transfer.result()).isEqualTo(SIZE);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aChannelIsTransferredToAFile(Stage stage) throws Exception {
        try (Connection connection = Connection.at(stage); FileChannel target = FileChannel.open(
            folder.resolve("target"), StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.READ)) {
            // when
            Background<Long> transfer = Background.run(() -> {
                long n = 0;
                while (n < 1000) {
                    n += target.transferFrom(connection.channel(), n, 1000 - n);
                }
                return n;
            });
            Peer.send(connection.accepted(), Bytes.plain(1000));

            // then
            assertThat(transfer.result()).isEqualTo(1000);
            assertThat(Files.readAllBytes(folder.resolve("target"))).isEqualTo(Bytes.plain(1000));
        }
    }

    @ParameterizedTest
    @EnumSource
    void nothingIsTransferredAfterShutdownOutput(Stage stage) throws IOException {
        try (Connection connection = Connection.at(stage); FileChannel source = FileChannel.open(file)) {
            connection.channel().shutdownOutput();
            assertThatThrownBy(() -> source.transferTo(0, SIZE, connection.channel())).isInstanceOf(IOException.class);
            connection.assertPeerReachesTheEnd();
        }
    }

    @Test
    void nothingIsTransferredToAnUnconnectedOrClosedChannel() throws IOException {
        SocketChannel channel = SocketChannel.open();
        try (FileChannel source = FileChannel.open(file)) {
            assertThatThrownBy(() -> source.transferTo(0, SIZE, channel)).isInstanceOfAny(
                NotYetConnectedException.class, IOException.class);
            channel.close();
            assertThatThrownBy(() -> source.transferTo(0, SIZE, channel)).isInstanceOf(ClosedChannelException.class);
        }
    }

    @Test
    void nothingIsTransferredWhileAConnectIsPending() throws IOException {
        try (Peer peer = new Peer(); SocketChannel channel = SocketChannel.open();
             FileChannel source = FileChannel.open(file)) {
            // given
            channel.configureBlocking(false);
            channel.connect(peer.address());

            // when
            long n;
            try {
                n = source.transferTo(0, SIZE, channel);
            } catch (NotYetConnectedException | IOException e) {
                n = 0;
            }

            // then: a connect on loopback may be over for the kernel; what is said to be sent is sent
            try (SocketChannel accepted = peer.accept()) {
                byte[] expected = new byte[(int) n];
                ByteBuffer.wrap(Files.readAllBytes(file)).get(expected);
                assertThat(Peer.receive(accepted, (int) n)).isEqualTo(expected);
            }
        }
    }

    private static long transferAll(FileChannel source, SocketChannel target) throws IOException {
        long n = 0;
        while (n < SIZE) {
            n += source.transferTo(n, SIZE - n, target);
        }
        return n;
    }
}
