// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.program;

import static io.github.niofastopen.it.program.Exchanges.HELLO_LENGTH;
import static io.github.niofastopen.it.program.Exchanges.bytesOf;
import static io.github.niofastopen.it.program.Exchanges.check;
import static io.github.niofastopen.it.program.Exchanges.counter;
import static io.github.niofastopen.it.program.Exchanges.hello;
import static io.github.niofastopen.it.program.Exchanges.readToEnd;
import static io.github.niofastopen.it.program.Exchanges.select;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Arrays;

/** Applications that read first, write late, or never. */
final class LateWrites {
    private LateWrites() {
    }

    /** An event loop that has been told that the connect can be finished, and gets to it when the window has elapsed. */
    static void finishAfterReady(InetSocketAddress remote) throws IOException {
        try (Selector selector = Selector.open(); SocketChannel channel = SocketChannel.open()) {
            channel.configureBlocking(false);
            SelectionKey key = channel.register(selector, SelectionKey.OP_CONNECT);
            channel.connect(remote);
            select(selector, key, SelectionKey.OP_CONNECT);
            awaitBareSyn();
            check(channel.finishConnect(), "not connected, though the selector said so");
            key.interestOps(SelectionKey.OP_WRITE);
            ByteBuffer hello = hello(HELLO_LENGTH);
            while (hello.hasRemaining()) {
                select(selector, key, SelectionKey.OP_WRITE);
                channel.write(hello);
            }
            key.interestOps(SelectionKey.OP_READ);
            select(selector, key, SelectionKey.OP_READ);
            check(channel.read(ByteBuffer.allocate(HELLO_LENGTH)) > 0, "no echo");
        }
    }

    static void awaitGreeting(InetSocketAddress remote) throws IOException {
        try (SocketChannel channel = SocketChannel.open(remote)) {
            ByteBuffer greeting = ByteBuffer.allocate(100);
            check(channel.read(greeting) > 0, "no greeting");
        }
    }

    static void awaitGreetingTimeout(InetSocketAddress remote) throws IOException {
        try (SocketChannel channel = SocketChannel.open(remote)) {
            channel.socket().setSoTimeout(10_000);
            check(channel.socket().getInputStream().read() > 0, "no greeting");
        }
    }

    static void awaitGreetingSelector(InetSocketAddress remote) throws IOException {
        try (Selector selector = Selector.open(); SocketChannel channel = SocketChannel.open()) {
            channel.configureBlocking(false);
            SelectionKey key = channel.register(selector, SelectionKey.OP_CONNECT);
            channel.connect(remote);
            select(selector, key, SelectionKey.OP_CONNECT);
            check(channel.finishConnect(), "not connected");
            key.interestOps(SelectionKey.OP_READ);
            select(selector, key, SelectionKey.OP_READ);
            check(channel.read(ByteBuffer.allocate(100)) > 0, "no greeting");
        }
    }

    /** A pool that opens ahead: the ClientHello comes when the window has long elapsed. */
    static void writeLate(InetSocketAddress remote) throws IOException {
        try (SocketChannel channel = SocketChannel.open(remote)) {
            awaitBareSyn();
            byte[] message = bytesOf(hello(HELLO_LENGTH));
            channel.write(ByteBuffer.wrap(message));
            channel.shutdownOutput();
            check(Arrays.equals(readToEnd(channel), message), "the echo differs");
        }
    }

    /** An event loop that is busy elsewhere until the window has elapsed. */
    static void finishLate(InetSocketAddress remote) throws IOException {
        try (Selector selector = Selector.open(); SocketChannel channel = SocketChannel.open()) {
            channel.configureBlocking(false);
            SelectionKey key = channel.register(selector, SelectionKey.OP_CONNECT);
            channel.connect(remote);
            awaitBareSyn();
            select(selector, key, SelectionKey.OP_CONNECT);
            check(channel.finishConnect(), "not connected");
            byte[] message = bytesOf(hello(HELLO_LENGTH));
            check(channel.write(ByteBuffer.wrap(message)) == message.length, "not all was written");
        }
    }

    /** Waits for the event itself: the kernel counts the connections whose handshake it has finished or begun. */
    private static void awaitBareSyn() throws IOException {
        long before = synsSent();
        while (synsSent() == before) {
            Thread.onSpinWait();
        }
    }

    /** Which tcp_connect() counts when a SYN leaves, held back or not. */
    private static long synsSent() throws IOException {
        return counter("/proc/net/snmp", "Tcp:", "ActiveOpens");
    }

    static void halfCloseFirst(InetSocketAddress remote) throws IOException {
        try (SocketChannel channel = SocketChannel.open(remote)) {
            channel.shutdownOutput();
            check(readToEnd(channel).length == 0, "bytes from nowhere");
        }
    }

    static void halfCloseAfterHello(InetSocketAddress remote) throws IOException {
        try (SocketChannel channel = SocketChannel.open()) {
            channel.connect(remote);
            byte[] message = bytesOf(hello(HELLO_LENGTH));
            channel.write(ByteBuffer.wrap(message));
            channel.shutdownOutput();
            check(Arrays.equals(readToEnd(channel), message), "the echo differs");
        }
    }

    static void closeUnwritten(InetSocketAddress remote) throws IOException {
        SocketChannel.open(remote).close();
    }
}
