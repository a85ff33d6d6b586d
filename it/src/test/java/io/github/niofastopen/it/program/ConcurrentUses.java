// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.program;

import static io.github.niofastopen.it.program.Exchanges.HELLO_LENGTH;
import static io.github.niofastopen.it.program.Exchanges.bytesOf;
import static io.github.niofastopen.it.program.Exchanges.check;
import static io.github.niofastopen.it.program.Exchanges.exchange;
import static io.github.niofastopen.it.program.Exchanges.hello;
import static io.github.niofastopen.it.program.Exchanges.readToEnd;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Channels that are used while they connect, or connect otherwise than most. */
final class ConcurrentUses {
    private static final byte[] NOTHING = {};

    private ConcurrentUses() {
    }

    static void tellLocalPorts(InetSocketAddress remote) throws IOException {
        try (SocketChannel channel = SocketChannel.open(remote)) {
            channel.write(hello(HELLO_LENGTH));
            channel.read(ByteBuffer.allocate(1));
            System.out.println(((InetSocketAddress) channel.getLocalAddress()).getPort() + " "
                + channel.socket().getLocalPort() + " " + ((InetSocketAddress) channel.socket().getLocalSocketAddress()).getPort());
        }
    }

    static void writeWhileConnecting(InetSocketAddress remote) throws IOException {
        byte[] message = "EHLO lab\r\n".getBytes(StandardCharsets.US_ASCII);
        whileConnecting(remote, channel -> channel.write(ByteBuffer.wrap(message)), message);
    }

    static void transferWhileConnecting(InetSocketAddress remote) throws IOException {
        byte[] message = bytesOf(hello(HELLO_LENGTH));
        Path file = Files.write(Files.createTempFile("lab", null), message);
        try (FileChannel source = FileChannel.open(file)) {
            whileConnecting(remote, channel -> source.transferTo(0, message.length, channel), message);
        } finally {
            Files.delete(file);
        }
    }

    static void sendUrgentDataWhileConnecting(InetSocketAddress remote) throws IOException {
        whileConnecting(remote, channel -> {
            channel.socket().sendUrgentData('!');
            return 0;
        }, NOTHING);
    }

    static void shutDownWhileConnecting(InetSocketAddress remote) throws IOException {
        whileConnecting(remote, channel -> {
            channel.shutdownOutput();
            return 0;
        }, NOTHING);
    }

    private interface Writing {
        long to(SocketChannel channel) throws IOException;
    }

    /**
     * One thread connects, and another that can't wait writes as soon as it may.
     *
     * @param message what the server echoes: urgent data isn't a part of that
     */
    private static void whileConnecting(InetSocketAddress remote, Writing writing, byte[] message) throws IOException {
        for (int i = 0; i < 30; i++) {
            try (SocketChannel channel = SocketChannel.open()) {
                FutureTask<Long> impatient = new FutureTask<>(() -> writeAsSoonAsConnected(channel, writing));
                new Thread(impatient).start();
                channel.connect(remote);
                check(get(impatient) == message.length, "not all was written");
                channel.shutdownOutput();
                check(Arrays.equals(readToEnd(channel), message), "the echo differs");
            }
        }
    }

    private static long writeAsSoonAsConnected(SocketChannel channel, Writing writing) throws IOException {
        while (!channel.isConnected()) {
            Thread.onSpinWait();
        }
        return writing.to(channel);
    }

    private static <T> T get(FutureTask<T> task) throws IOException {
        try {
            return task.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IOException(e);
        }
    }

    /** A channel that has begun to connect as an event loop does, and is then made blocking. */
    static void finishBlocking(InetSocketAddress remote) throws IOException {
        try (SocketChannel channel = SocketChannel.open()) {
            channel.configureBlocking(false);
            channel.connect(new InetSocketAddress("192.0.2.9", remote.getPort()));
            channel.configureBlocking(true);
            check(channel.finishConnect(), "not connected");
            exchange(Channels.newInputStream(channel), Channels.newOutputStream(channel), bytesOf(hello(HELLO_LENGTH)));
        }
    }
}
