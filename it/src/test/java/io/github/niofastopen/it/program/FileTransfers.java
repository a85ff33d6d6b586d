// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.program;

import static io.github.niofastopen.it.program.Exchanges.HELLO_LENGTH;
import static io.github.niofastopen.it.program.Exchanges.bytesOf;
import static io.github.niofastopen.it.program.Exchanges.check;
import static io.github.niofastopen.it.program.Exchanges.hello;
import static io.github.niofastopen.it.program.Exchanges.readToEnd;
import static io.github.niofastopen.it.program.Exchanges.select;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** What the kernel sends from a file. */
final class FileTransfers {
    private FileTransfers() {
    }

    static void fileFirst(InetSocketAddress remote) throws IOException {
        byte[] content = bytesOf(hello(5000));
        Path file = Files.write(Files.createTempFile("lab", null), content);
        try (FileChannel source = FileChannel.open(file); SocketChannel channel = SocketChannel.open(remote)) {
            long sent = 0;
            while (sent < content.length) {
                sent += source.transferTo(sent, content.length - sent, channel);
            }
            channel.shutdownOutput();
            check(Arrays.equals(readToEnd(channel), content), "the echo differs");
        } finally {
            Files.delete(file);
        }
    }

    /** What isn't written, but sent by the kernel from a file, comes after what was written before. */
    static void fileAfterHello(InetSocketAddress remote, boolean blocking) throws IOException {
        byte[] hello = bytesOf(hello(HELLO_LENGTH));
        byte[] content = bytesOf(hello(5000));
        Path file = Files.write(Files.createTempFile("lab", null), content);
        try (FileChannel source = FileChannel.open(file); SocketChannel channel = SocketChannel.open()) {
            if (blocking) {
                channel.connect(remote);
            } else {
                beginInNonBlockingMode(channel, remote);
            }
            check(channel.write(ByteBuffer.wrap(hello)) == hello.length, "not all was written");
            for (long sent = 0; sent < content.length;) {
                sent += source.transferTo(sent, content.length - sent, channel);
            }
            channel.configureBlocking(true);
            channel.shutdownOutput();
            byte[] echo = readToEnd(channel);
            check(Arrays.equals(Arrays.copyOf(echo, HELLO_LENGTH), hello), "the hello's echo differs");
            check(Arrays.equals(Arrays.copyOfRange(echo, HELLO_LENGTH, echo.length), content), "the file's echo differs");
        } finally {
            Files.delete(file);
        }
    }

    private static void beginInNonBlockingMode(SocketChannel channel, InetSocketAddress remote) throws IOException {
        channel.configureBlocking(false);
        try (Selector selector = Selector.open()) {
            SelectionKey key = channel.register(selector, SelectionKey.OP_CONNECT);
            channel.connect(remote);
            select(selector, key, SelectionKey.OP_CONNECT);
            check(channel.finishConnect(), "not connected");
        }
    }
}
