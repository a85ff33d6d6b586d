// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.program;

import static io.github.niofastopen.it.program.Exchanges.HELLO_LENGTH;
import static io.github.niofastopen.it.program.Exchanges.bytesOf;
import static io.github.niofastopen.it.program.Exchanges.check;
import static io.github.niofastopen.it.program.Exchanges.exchange;
import static io.github.niofastopen.it.program.Exchanges.hello;
import static io.github.niofastopen.it.program.Exchanges.select;

import io.github.niofastopen.it.program.Exchanges.Call;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** Peers that refuse, and peers that don't answer. */
final class Refusals {
    private Refusals() {
    }

    static void refusedBlocking(InetSocketAddress remote) throws IOException {
        try (SocketChannel channel = SocketChannel.open(closedPortOf(remote))) {
            channel.write(hello(HELLO_LENGTH));
            expectRefusal(() -> channel.read(ByteBuffer.allocate(1)));
            check(channel.isOpen() && channel.isConnected(), "closed under the application");
            expectRefusal(() -> channel.read(ByteBuffer.allocate(1)));
            expectRefusal(() -> channel.write(hello(HELLO_LENGTH)));
        }
    }

    static void refusedAdaptor(InetSocketAddress remote) throws IOException {
        try (SocketChannel channel = SocketChannel.open(); Socket socket = channel.socket()) {
            socket.connect(closedPortOf(remote), 10_000);
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(hello(HELLO_LENGTH).array());
            expectRefusal(() -> socket.getInputStream().read());
        }
    }

    static void refusedSelector(InetSocketAddress remote) throws IOException {
        try (Selector selector = Selector.open(); SocketChannel channel = SocketChannel.open()) {
            channel.configureBlocking(false);
            SelectionKey key = channel.register(selector, SelectionKey.OP_CONNECT);
            channel.connect(closedPortOf(remote));
            select(selector, key, SelectionKey.OP_CONNECT);
            check(channel.finishConnect(), "not connected");
            check(channel.write(hello(HELLO_LENGTH)) == HELLO_LENGTH, "not all was written");
            key.interestOps(SelectionKey.OP_READ);
            select(selector, key, SelectionKey.OP_READ);
            expectRefusal(() -> channel.read(ByteBuffer.allocate(1)));
        }
    }

    static void refusedByConnect(InetSocketAddress remote) throws IOException {
        try (SocketChannel channel = SocketChannel.open()) {
            expectRefusal(() -> channel.connect(closedPortOf(remote)));
        }
    }

    /** A port where TLS is expected, at a destination that the kernel has a cookie for, on which nobody listens. */
    private static InetSocketAddress closedPortOf(InetSocketAddress remote) {
        return new InetSocketAddress(remote.getAddress(), 993);
    }

    private static void expectRefusal(Call call) throws IOException {
        try {
            call.run();
        } catch (ConnectException e) {
            check("Connection refused".equals(e.getMessage()), "the message is " + e.getMessage());
            return;
        }
        throw new IOException("no ConnectException");
    }

    /** A client that has a list of addresses for a name, the first of which nobody answers at. */
    static void deadAddressFirst(InetSocketAddress remote) throws IOException {
        for (String address : new String[] {"192.0.2.200", remote.getAddress().getHostAddress()}) {
            try (SocketChannel channel = SocketChannel.open(); Socket socket = channel.socket()) {
                socket.connect(new InetSocketAddress(address, remote.getPort()), 1000);
                exchange(socket.getInputStream(), socket.getOutputStream(), bytesOf(hello(HELLO_LENGTH)));
                System.out.println("reached " + address);
            } catch (SocketTimeoutException e) {
                System.out.println(e.getMessage() + " " + address);
            }
        }
    }

    /** A peer that doesn't answer any more, met by three connections of a client that waits for it as long each time. */
    static void diedSince(InetSocketAddress remote) throws IOException {
        for (int i = 0; i < 3; i++) {
            try (SocketChannel channel = SocketChannel.open(); Socket socket = channel.socket()) {
                socket.setSoTimeout(2000);
                socket.connect(remote, 700);
                System.out.println("connected");
                exchange(socket.getInputStream(), socket.getOutputStream(), bytesOf(hello(HELLO_LENGTH)));
            } catch (SocketTimeoutException e) {
                System.out.println(e.getMessage());
            }
        }
    }

    /** Over a path so short that a connection without a cookie takes no longer than a SYN that is held back. */
    static void resetSince(InetSocketAddress remote) throws IOException {
        InetSocketAddress here = new InetSocketAddress(InetAddress.getLoopbackAddress(), remote.getPort());
        try (ServerSocketChannel server = ServerSocketChannel.open().bind(here)) {
            for (int i = 0; i < 2; i++) {
                try (SocketChannel near = SocketChannel.open(here)) {
                    near.write(hello(HELLO_LENGTH));
                    server.accept().close();
                    expectReset(near);
                }
            }
            SystemChanges.forgetCookies();
            try (SocketChannel near = SocketChannel.open(here)) {
                server.accept().setOption(StandardSocketOptions.SO_LINGER, 0).close();
                expectReset(near);
            }
        }
    }

    private static void expectReset(SocketChannel channel) throws IOException {
        try {
            check(false, "in place of a reset, read returned " + channel.read(ByteBuffer.allocate(1)));
        } catch (IOException e) {
            check("Connection reset".equals(e.getMessage()), e.toString());
        }
    }
}
