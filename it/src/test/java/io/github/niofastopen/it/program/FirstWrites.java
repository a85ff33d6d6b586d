// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.program;

import static io.github.niofastopen.it.program.Exchanges.HELLO_LENGTH;
import static io.github.niofastopen.it.program.Exchanges.bytesOf;
import static io.github.niofastopen.it.program.Exchanges.check;
import static io.github.niofastopen.it.program.Exchanges.exchange;
import static io.github.niofastopen.it.program.Exchanges.hello;
import static io.github.niofastopen.it.program.Exchanges.readToEnd;
import static io.github.niofastopen.it.program.Exchanges.withSelector;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A first write of every kind, at once. */
final class FirstWrites {
    private FirstWrites() {
    }

    static void blockingHeap(InetSocketAddress remote) throws IOException {
        exchange(SocketChannel.open(remote), hello(HELLO_LENGTH));
    }

    static void blockingDirect(InetSocketAddress remote) throws IOException {
        exchange(SocketChannel.open(remote), ByteBuffer.allocateDirect(HELLO_LENGTH).put(hello(HELLO_LENGTH)).flip());
    }

    static void blockingLarge(InetSocketAddress remote) throws IOException {
        exchange(SocketChannel.open(remote), hello(4000));
    }

    static void ipv4Socket(InetSocketAddress remote) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.INET);
        channel.connect(remote);
        exchange(channel, hello(HELLO_LENGTH));
    }

    static void gathering(InetSocketAddress remote) throws IOException {
        byte[] message = bytesOf(hello(HELLO_LENGTH));
        ByteBuffer[] parts = {
            ByteBuffer.wrap(message, 0, 3), ByteBuffer.allocate(0), ByteBuffer.wrap(message, 3, 4).slice(),
            ByteBuffer.allocateDirect(200).put(message, 7, 200).flip(), ByteBuffer.wrap(message, 207, 93)};
        try (SocketChannel channel = SocketChannel.open(remote)) {
            check(channel.write(parts) == HELLO_LENGTH, "not all was written");
            channel.shutdownOutput();
            check(Arrays.equals(readToEnd(channel), message), "the echo differs");
        }
    }

    /** Both directions stay open, as in TLS. */
    static void twoFlights(InetSocketAddress remote) throws IOException {
        try (SocketChannel channel = SocketChannel.open(remote)) {
            for (int length : new int[] {HELLO_LENGTH, 200}) {
                byte[] message = Arrays.copyOf(bytesOf(hello(HELLO_LENGTH)), length);
                channel.write(ByteBuffer.wrap(message));
                ByteBuffer received = ByteBuffer.allocate(length);
                while (received.hasRemaining()) {
                    check(channel.read(received) > 0, "the echo ended early");
                }
                check(Arrays.equals(received.array(), message), "the echo differs");
            }
        }
    }

    static void selectorLarge(InetSocketAddress remote) throws IOException {
        withSelector(remote, true, bytesOf(hello(4000)));
    }

    static void selectorConnectIgnored(InetSocketAddress remote) throws IOException {
        withSelector(remote, false, bytesOf(hello(HELLO_LENGTH)));
    }

    static void adaptorStreams(InetSocketAddress remote) throws IOException {
        byte[] message = bytesOf(hello(HELLO_LENGTH));
        try (SocketChannel channel = SocketChannel.open(); Socket socket = channel.socket()) {
            socket.connect(remote);
            exchange(socket.getInputStream(), socket.getOutputStream(), message);
        }
    }

    static void adaptorTimeout(InetSocketAddress remote) throws IOException {
        byte[] message = bytesOf(hello(4000));
        try (SocketChannel channel = SocketChannel.open(); Socket socket = channel.socket()) {
            socket.setSoTimeout(10_000);
            socket.connect(remote, 10_000);
            exchange(socket.getInputStream(), socket.getOutputStream(), message);
        }
    }

    static void channelsStreams(InetSocketAddress remote) throws IOException {
        byte[] message = bytesOf(hello(HELLO_LENGTH));
        try (SocketChannel channel = SocketChannel.open(remote)) {
            exchange(Channels.newInputStream(channel), Channels.newOutputStream(channel), message);
        }
    }

    static void plainText(InetSocketAddress remote) throws IOException {
        exchange(SocketChannel.open(remote), ByteBuffer.wrap("EHLO lab\r\n".getBytes(StandardCharsets.US_ASCII)));
    }

    static void plainTextSelector(InetSocketAddress remote) throws IOException {
        withSelector(remote, false, "EHLO lab\r\n".getBytes(StandardCharsets.US_ASCII));
    }
}
