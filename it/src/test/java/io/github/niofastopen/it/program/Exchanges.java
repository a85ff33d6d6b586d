// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.program;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** What scenarios say to an {@link EchoServer}, and how they wait for its answer. */
final class Exchanges {
    static final int HELLO_LENGTH = 300;

    private Exchanges() {
    }

    interface Call {
        void run() throws IOException;
    }

    /** Connects, writes and reads as an event loop does. */
    static void withSelector(InetSocketAddress remote, boolean registerFirst, byte[] message) throws IOException {
        try (Selector selector = Selector.open(); SocketChannel channel = SocketChannel.open()) {
            channel.configureBlocking(false);
            SelectionKey key = registerFirst ? channel.register(selector, SelectionKey.OP_CONNECT) : null;
            check(!channel.connect(remote), "connected at once");
            check(channel.isConnectionPending() && !channel.isConnected(), "not pending");
            if (key == null) {
                key = channel.register(selector, SelectionKey.OP_CONNECT);
            }
            select(selector, key, SelectionKey.OP_CONNECT);
            check(channel.finishConnect() && channel.isConnected() && !channel.isConnectionPending(), "not connected");
            ByteBuffer out = ByteBuffer.wrap(message);
            ByteBuffer in = ByteBuffer.allocate(message.length);
            while (in.hasRemaining()) {
                key.interestOps(out.hasRemaining() ? SelectionKey.OP_WRITE | SelectionKey.OP_READ : SelectionKey.OP_READ);
                select(selector, key, SelectionKey.OP_WRITE | SelectionKey.OP_READ);
                if (key.isWritable()) {
                    channel.write(out);
                }
                if (key.isReadable()) {
                    check(channel.read(in) >= 0, "the stream ended");
                }
            }
            check(Arrays.equals(in.array(), message), "the echo differs");
        }
    }

    static void exchange(SocketChannel channel, ByteBuffer message) throws IOException {
        try (channel) {
            byte[] expected = bytesOf(message);
            int written = channel.write(message);
            check(written == expected.length, "a blocking write wrote " + written + " of " + expected.length);
            channel.shutdownOutput();
            check(Arrays.equals(readToEnd(channel), expected), "the echo differs");
        }
    }

    static void exchange(InputStream in, OutputStream out, byte[] message) throws IOException {
        out.write(message);
        check(Arrays.equals(in.readNBytes(message.length), message), "the echo differs");
    }

    /** A selection may find nothing, as a wake-up has it; no more than that. */
    static void select(Selector selector, SelectionKey key, int ops) throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        do {
            selector.selectedKeys().clear();
            selector.select(10_000);
            check(System.nanoTime() - end < 0, "nothing became ready");
        } while (!selector.selectedKeys().contains(key) || (key.readyOps() & ops) == 0);
    }

    /** What begins as a TLS record with a ClientHello, of a length that one can choose. */
    static ByteBuffer hello(int length) {
        byte[] hello = new byte[length];
        new Random(length).nextBytes(hello);
        ByteBuffer.wrap(hello).put((byte) 22).putShort((short) 0x0301).putShort((short) (length - 5))
            .put((byte) 1).put((byte) 0).putShort((short) (length - 9)).putShort((short) 0x0303);
        return ByteBuffer.wrap(hello);
    }

    static byte[] bytesOf(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    static byte[] readToEnd(SocketChannel channel) throws IOException {
        ByteBuffer read = ByteBuffer.allocate(1 << 16);
        int n;
        do {
            n = channel.read(read);
        } while (n >= 0);
        return Arrays.copyOf(read.array(), read.position());
    }

    static void check(boolean condition, String otherwise) throws IOException {
        if (!condition) {
            throw new IOException(otherwise);
        }
    }

    /** A counter of the kernel's, from a table of two lines for each group: names, and values. */
    static long counter(String table, String group, String name) throws IOException {
        List<String> lines = Files.readAllLines(Path.of(table)).stream().filter(line -> line.startsWith(group)).toList();
        String[] names = lines.get(0).split(" ");
        String[] values = lines.get(1).split(" ");
        return Long.parseLong(values[Arrays.asList(names).indexOf(name)]);
    }
}
