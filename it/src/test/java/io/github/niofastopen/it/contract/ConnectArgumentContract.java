// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnresolvedAddressException;
import java.nio.channels.UnsupportedAddressTypeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@Contract
class ConnectArgumentContract {
    private static final SocketAddress UNRESOLVED = InetSocketAddress.createUnresolved("nowhere.invalid", 443);

    private Peer peer;
    private SocketChannel channel;

    @BeforeEach
    void open() throws IOException {
        peer = new Peer();
        channel = SocketChannel.open();
    }

    @AfterEach
    void close() throws IOException {
        channel.close();
        peer.close();
    }

    @Test
    void anUnresolvedAddressIsRefusedAndTheChannelStaysUsable() throws IOException {
        assertThatThrownBy(() -> channel.connect(UNRESOLVED)).isInstanceOf(UnresolvedAddressException.class);
        assertStillConnects();
    }

    @Test
    void anAddressOfAnotherKindIsRefusedAndTheChannelStaysUsable() throws IOException {
        assertThatThrownBy(() -> channel.connect(UnixDomainSocketAddress.of("/tmp/nowhere")))
            .isInstanceOf(UnsupportedAddressTypeException.class);
        assertThatThrownBy(() -> channel.connect(new SocketAddress() {
            private static final long serialVersionUID = 1L;
        })).isInstanceOf(UnsupportedAddressTypeException.class);
        assertStillConnects();
    }

    @Test
    void nullIsRefusedAndTheChannelStaysUsable() throws IOException {
        assertThatThrownBy(() -> channel.connect(null)).isInstanceOf(NullPointerException.class);
        assertStillConnects();
    }

    @Test
    void anIpv6AddressIsRefusedByAnIpv4ChannelWhichStaysUsable() throws IOException {
        try (SocketChannel ipv4 = SocketChannel.open(StandardProtocolFamily.INET)) {
            assertThatThrownBy(() -> ipv4.connect(new InetSocketAddress(InetAddress.getByName("::1"), 443)))
                .isInstanceOf(UnsupportedAddressTypeException.class);
            assertThat(ipv4.connect(peer.address())).isTrue();
            assertThat(((InetSocketAddress) ipv4.getLocalAddress()).getAddress().isLoopbackAddress()).isTrue();
        }
    }

    @Test
    void anIpv6ChannelConnectsToIpv6() throws IOException {
        try (Peer six = new Peer(InetAddress.getByName("::1")); SocketChannel ipv6 = SocketChannel.open(
            StandardProtocolFamily.INET6)) {
            ipv6.connect(six.address());
            ipv6.write(ByteBuffer.wrap(Bytes.clientHello(100)));
            try (SocketChannel accepted = six.accept()) {
                assertThat(Peer.receive(accepted, 100)).isEqualTo(Bytes.clientHello(100));
                assertThat(accepted.getRemoteAddress()).isEqualTo(ipv6.getLocalAddress());
            }
        }
    }

    @Test
    void port0IsRefusedByTheKernelOrAsAConnectThatFails() {
        assertThatThrownBy(() -> channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)))
            .isInstanceOf(IOException.class);
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void theSocketRefusesNull() throws IOException {
        assertThatThrownBy(() -> channel.socket().connect(null)).isInstanceOf(IllegalArgumentException.class);
        assertStillConnects();
    }

    @Test
    void theSocketRefusesANegativeTimeout() throws IOException {
        assertThatThrownBy(() -> channel.socket().connect(peer.address(), -1))
            .isInstanceOf(IllegalArgumentException.class);
        assertStillConnects();
    }

    @Test
    void theSocketKnowsNoUnresolvedHost() {
        assertThatThrownBy(() -> channel.socket().connect(UNRESOLVED)).isInstanceOf(UnknownHostException.class);
    }

    @Test
    void theSocketRefusesAnAddressOfAnotherKind() {
        assertThatThrownBy(() -> channel.socket().connect(UnixDomainSocketAddress.of("/tmp/nowhere")))
            .isInstanceOfAny(IllegalArgumentException.class, SocketException.class);
    }

    private void assertStillConnects() throws IOException {
        assertThat(channel.isOpen()).isTrue();
        assertThat(channel.isConnected()).isFalse();
        assertThat(channel.isConnectionPending()).isFalse();
        assertThat(channel.connect(peer.address())).isTrue();
        channel.write(ByteBuffer.wrap(Bytes.plain(10)));
        try (SocketChannel accepted = peer.accept()) {
            assertThat(Peer.receive(accepted, 10)).isEqualTo(Bytes.plain(10));
        }
    }
}
