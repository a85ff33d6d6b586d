// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.NoConnectionPendingException;
import java.nio.channels.NotYetConnectedException;
import java.nio.channels.SocketChannel;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@Contract
class UnconnectedContract {
    private SocketChannel channel;

    @BeforeEach
    void open() throws IOException {
        channel = SocketChannel.open();
    }

    @AfterEach
    void close() throws IOException {
        channel.close();
    }

    @Test
    void nothingCanBeReadOrWritten() {
        ByteBuffer buffer = ByteBuffer.allocate(1);
        assertNotYetConnected(() -> channel.read(buffer));
        assertNotYetConnected(() -> channel.read(new ByteBuffer[] {buffer}));
        assertNotYetConnected(() -> channel.write(buffer));
        assertNotYetConnected(() -> channel.write(new ByteBuffer[] {buffer}));
    }

    @Test
    void notEvenEmptyBuffers() {
        ByteBuffer empty = ByteBuffer.allocate(0);
        assertNotYetConnected(() -> channel.read(empty));
        assertNotYetConnected(() -> channel.write(empty));
    }

    @Test
    void noDirectionCanBeShut() {
        assertNotYetConnected(() -> channel.shutdownInput());
        assertNotYetConnected(() -> channel.shutdownOutput());
        assertThat(channel.isOpen()).isTrue();
    }

    @Test
    void noConnectCanBeFinished() {
        assertThatThrownBy(() -> channel.finishConnect()).isInstanceOf(NoConnectionPendingException.class);
        assertThat(channel.isOpen()).isTrue();
    }

    @Test
    void itHasNoAddresses() throws IOException {
        assertThat(channel.getLocalAddress()).isNull();
        assertThat(channel.getRemoteAddress()).isNull();
        assertThat(channel.isConnected()).isFalse();
        assertThat(channel.isConnectionPending()).isFalse();
    }

    @Test
    void itsSocketSaysSo() {
        assertThat(channel.socket().isConnected()).isFalse();
        assertThat(channel.socket().isBound()).isFalse();
        assertThat(channel.socket().getPort()).isZero();
        assertThat(channel.socket().getLocalPort()).isEqualTo(-1);
        assertThat(channel.socket().getInetAddress()).isNull();
        assertThat(channel.socket().getRemoteSocketAddress()).isNull();
        assertThat(channel.socket().getLocalSocketAddress()).isNull();
        assertThat(channel.socket().toString()).isEqualTo("Socket[unconnected]");
        assertThat(channel.socket().getChannel()).isSameAs(channel);
        assertThat(channel.socket()).isSameAs(channel.socket());
    }

    @Test
    void itsSocketHasNoStreams() {
        assertThatThrownBy(() -> channel.socket().getInputStream()).isInstanceOf(SocketException.class);
        assertThatThrownBy(() -> channel.socket().getOutputStream()).isInstanceOf(SocketException.class);
        assertThatThrownBy(() -> channel.socket().shutdownInput()).isInstanceOf(SocketException.class);
    }

    @Test
    void itsSocketSendsNoUrgentData() {
        assertNotYetConnected(() -> channel.socket().sendUrgentData(1));
    }

    @Test
    void itsTextSaysSo() {
        assertThat(channel.toString()).isEqualTo("java.nio.channels.SocketChannel[unconnected]");
    }

    @Test
    void itsValidOperationsAreConnectReadAndWrite() {
        assertThat(channel.validOps()).isEqualTo(8 | 1 | 4);
        assertThat(channel.provider()).isSameAs(java.nio.channels.spi.SelectorProvider.provider());
    }

    private static void assertNotYetConnected(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(NotYetConnectedException.class);
    }
}
