// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Contract
class OptionsContract {

    @Test
    void whatIsSetBeforeConnectHoldsAfterIt() throws IOException {
        try (Peer peer = new Peer(); SocketChannel channel = SocketChannel.open()) {
            // given
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
            channel.setOption(StandardSocketOptions.SO_LINGER, 7);
            channel.setOption(StandardSocketOptions.SO_RCVBUF, 20_000);
            int receiveBuffer = channel.getOption(StandardSocketOptions.SO_RCVBUF);

            // when
            channel.connect(peer.address());

            // then
            assertThat(channel.getOption(StandardSocketOptions.TCP_NODELAY)).isTrue();
            assertThat(channel.getOption(StandardSocketOptions.SO_KEEPALIVE)).isTrue();
            assertThat(channel.getOption(StandardSocketOptions.SO_LINGER)).isEqualTo(7);
            assertThat(channel.getOption(StandardSocketOptions.SO_RCVBUF)).isEqualTo(receiveBuffer);
        }
    }

    @ParameterizedTest
    @EnumSource
    void everySupportedOptionCanBeReadAtEachStage(Stage stage) throws IOException {
        try (Connection connection = Connection.at(stage)) {
            for (SocketOption<?> option : connection.channel().supportedOptions()) {
                if (option.name().startsWith("SO_INCOMING") || option.name().startsWith("SO_PEERCRED")) {
                    continue;
                }
                connection.channel().getOption(option);
            }
            connection.assertWorksBothWays();
        }
    }

    @ParameterizedTest
    @EnumSource
    void optionsCanBeSetAtEachStage(Stage stage) throws IOException {
        try (Connection connection = Connection.at(stage)) {
            SocketChannel channel = connection.channel();
            assertThat(channel.setOption(StandardSocketOptions.TCP_NODELAY, true)).isSameAs(channel);
            channel.socket().setKeepAlive(true);
            channel.socket().setTrafficClass(8);
            assertThat(channel.socket().getTcpNoDelay()).isTrue();
            assertThat(channel.getOption(StandardSocketOptions.SO_KEEPALIVE)).isTrue();
            assertThat(channel.getOption(StandardSocketOptions.IP_TOS)).isEqualTo(8);
            connection.assertWorksBothWays();
        }
    }

    @ParameterizedTest
    @EnumSource
    void noDelayIsAsTheApplicationHasSetItAtEachStage(Stage stage) throws IOException {
        try (Connection connection = Connection.at(stage)) {
            SocketChannel channel = connection.channel();
            assertThat(channel.getOption(StandardSocketOptions.TCP_NODELAY)).isFalse();
            assertThat(channel.socket().getTcpNoDelay()).isFalse();
            for (boolean on : new boolean[] {false, true, true, false}) {
                channel.setOption(StandardSocketOptions.TCP_NODELAY, on);
                assertThat(channel.getOption(StandardSocketOptions.TCP_NODELAY)).isEqualTo(on);
                connection.assertWorksBothWays();
                channel.socket().setTcpNoDelay(!on);
                assertThat(channel.socket().getTcpNoDelay()).isEqualTo(!on);
                channel.socket().setTcpNoDelay(on);
                connection.assertWorksBothWays();
                assertThat(channel.getOption(StandardSocketOptions.TCP_NODELAY)).isEqualTo(on);
            }
            assertThatThrownBy(() -> setRaw(channel, StandardSocketOptions.TCP_NODELAY)).isInstanceOf(RuntimeException.class);
            channel.close();
            assertThatThrownBy(() -> channel.getOption(StandardSocketOptions.TCP_NODELAY)).isInstanceOf(ClosedChannelException.class);
            assertThatThrownBy(() -> channel.setOption(StandardSocketOptions.TCP_NODELAY, true))
                .isInstanceOf(ClosedChannelException.class);
        }
    }

    private static <T> void setRaw(SocketChannel channel, SocketOption<T> option) throws IOException {
        channel.setOption(option, null);
    }

    @Test
    void anUnsupportedOptionIsRefused() throws IOException {
        try (SocketChannel channel = SocketChannel.open()) {
            assertThatThrownBy(() -> channel.setOption(StandardSocketOptions.IP_MULTICAST_TTL, 1))
                .isInstanceOf(UnsupportedOperationException.class);
            assertThatThrownBy(() -> channel.getOption(null)).isInstanceOf(NullPointerException.class);
        }
    }

    @Test
    void aClosedChannelHasNone() throws IOException {
        SocketChannel channel = SocketChannel.open();
        channel.close();
        assertThatThrownBy(() -> channel.getOption(StandardSocketOptions.TCP_NODELAY))
            .isInstanceOf(ClosedChannelException.class);
        assertThatThrownBy(() -> channel.setOption(StandardSocketOptions.TCP_NODELAY, true))
            .isInstanceOf(ClosedChannelException.class);
    }

    @ParameterizedTest
    @EnumSource(names = {"HELLO_WRITTEN", "PLAIN_WRITTEN", "ESTABLISHED"})
    void closedWithLinger0ThePeerSeesAReset(Stage stage) throws IOException {
        try (Connection connection = Connection.at(stage)) {
            connection.accepted();
            connection.channel().setOption(StandardSocketOptions.SO_LINGER, 0);
            connection.channel().close();
            assertThatThrownBy(() -> Peer.receiveToTheEnd(connection.accepted()))
                .isInstanceOf(IOException.class).hasMessageContaining("reset");
        }
    }

    @ParameterizedTest
    @EnumSource(names = "UNWRITTEN", mode = EnumSource.Mode.EXCLUDE)
    void closedWithAPositiveLingerAllIsDelivered(Stage stage) throws IOException {
        try (Connection connection = Connection.at(stage)) {
            connection.channel().setOption(StandardSocketOptions.SO_LINGER, 3);
            byte[] block = Bytes.plain(50_000);
            connection.channel().write(ByteBuffer.wrap(block));
            connection.written(block);
            Background<Void> closer = Background.run(() -> {
                connection.channel().close();
                return null;
            });
            connection.assertPeerReachesTheEnd();
            assertThatNoFailure(closer);
        }
    }

    private static void assertThatNoFailure(Background<?> work) {
        try {
            assertThat(work.failure()).isNull();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
