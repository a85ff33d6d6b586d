// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.IllegalBlockingModeException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Streams, of the socket and of {@link Channels}. */
@Contract
class StreamsContract {
    private static final int MUCH = 2_000_000;

    @ParameterizedTest
    @EnumSource
    void theSocketsStreamsWorkBothWaysAtOnce(Stage stage) throws Exception {
        try (Connection connection = Connection.at(stage)) {
            assertBothWaysAtOnce(ThreadKind.PLATFORM, connection, connection.channel().socket().getInputStream(),
                connection.channel().socket().getOutputStream());
        }
    }

    @ParameterizedTest
    @EnumSource
    void theChannelsStreamsWorkBothWaysAtOnce(Stage stage) throws Exception {
        try (Connection connection = Connection.at(stage)) {
            assertBothWaysAtOnce(ThreadKind.PLATFORM, connection, Channels.newInputStream(connection.channel()),
                Channels.newOutputStream(connection.channel()));
        }
    }

    @ParameterizedTest
    @MethodSource("io.github.niofastopen.it.contract.ThreadKind#available")
    void onAnyKindOfThread(ThreadKind kind) throws Exception {
        try (Connection connection = Connection.at(Stage.UNWRITTEN)) {
            assertBothWaysAtOnce(kind, connection, Channels.newInputStream(connection.channel()),
                connection.channel().socket().getOutputStream());
        }
    }

    @ParameterizedTest
    @EnumSource
    void singleBytesPass(Stage stage) throws IOException {
        try (Connection connection = Connection.at(stage)) {
            OutputStream out = connection.channel().socket().getOutputStream();
            for (byte b : Bytes.clientHello(40)) {
                out.write(b);
            }
            connection.assertPeerReceives(Bytes.clientHello(40));
        }
    }

    @ParameterizedTest
    @EnumSource
    void inNonBlockingModeTheChannelsStreamsDoNotWork(Stage stage) throws IOException {
        try (Connection connection = Connection.nonBlockingAt(stage)) {
            assertThatThrownBy(() -> Channels.newInputStream(connection.channel()).read())
                .isInstanceOf(IllegalBlockingModeException.class);
            assertThatThrownBy(() -> Channels.newOutputStream(connection.channel()).write(1))
                .isInstanceOf(IllegalBlockingModeException.class);
            connection.assertWorksBothWays();
        }
    }

    @ParameterizedTest
    @EnumSource
    void closingAStreamClosesTheChannel(Stage stage) throws IOException {
        try (Connection connection = Connection.at(stage)) {
            connection.channel().socket().getOutputStream().close();
            assertThat(connection.channel().isOpen()).isFalse();
        }
    }

    private static void assertBothWaysAtOnce(ThreadKind kind, Connection connection, InputStream in, OutputStream out)
            throws Exception {
        // given: a reader that waits before anything is written, and a peer that echoes nothing but talks itself
        byte[] there = Bytes.concat(Bytes.clientHello(600), Bytes.plain(MUCH));
        byte[] back = Bytes.plain(MUCH);
        Background<byte[]> reader = Background.run(kind, () -> in.readNBytes(MUCH)).awaitBlocked();
        Background<Void> writer = Background.run(kind, () -> {
            out.write(there);
            return null;
        });

        // when
        Background<Void> peer = Background.run(() -> {
            Peer.send(connection.accepted(), back);
            return null;
        });
        writer.awaitBlocked();
        peer.result();
        connection.assertPeerReceives(there);

        // then
        writer.result();
        assertThat(reader.result()).isEqualTo(back);
    }
}
