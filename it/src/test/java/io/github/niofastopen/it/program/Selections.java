// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.program;

import static io.github.niofastopen.it.program.Exchanges.HELLO_LENGTH;
import static io.github.niofastopen.it.program.Exchanges.hello;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/** Counts the selections that a connection in an event loop takes, until its ClientHello is back, or it is refused. */
public final class Selections {
    private Selections() {
    }

    /** Arguments: host, port, how many connections. Prints a count for each, and why it failed. */
    public static void main(String[] args) throws IOException {
        for (int i = 0; i < Integer.parseInt(args[2]); i++) {
            System.out.println(selections(new InetSocketAddress(args[0], Integer.parseInt(args[1]))));
        }
    }

    private static String selections(InetSocketAddress remote) throws IOException {
        int count = 0;
        ByteBuffer received = ByteBuffer.allocate(HELLO_LENGTH);
        try (Selector selector = Selector.open(); SocketChannel channel = SocketChannel.open()) {
            channel.configureBlocking(false);
            SelectionKey key = channel.register(selector, SelectionKey.OP_CONNECT);
            channel.connect(remote);
            while (received.hasRemaining()) {
                selector.select();
                count++;
                if (selector.selectedKeys().remove(key)) {
                    proceed(key, channel, received);
                }
            }
        } catch (ConnectException e) {
            return count + " " + e.getMessage();
        }
        return Integer.toString(count);
    }

    private static void proceed(SelectionKey key, SocketChannel channel, ByteBuffer received) throws IOException {
        if (key.isConnectable() && channel.finishConnect()) {
            channel.write(hello(HELLO_LENGTH));
            key.interestOps(SelectionKey.OP_READ);
        } else if (key.isReadable() && channel.read(received) < 0) {
            throw new EOFException();
        }
    }
}
