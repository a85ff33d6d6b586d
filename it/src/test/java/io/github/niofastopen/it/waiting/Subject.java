// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.waiting;

import io.github.niofastopen.it.contract.Bytes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.SelectorProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicInteger;

/** A channel whose call is to be disturbed, and its peer, which is silent or as good as that. Each has another peer. */
final class Subject {
    private static final int SMALL_BUFFER = 4096;
    private static final AtomicInteger SUBJECTS = new AtomicInteger();
    private static final boolean DEFERRED = SelectorProvider.provider().getClass().getName().startsWith("io.github.niofastopen");

    private final SocketChannel channel;
    private final InetSocketAddress remote;
    /** Null where no packet is ever answered. */
    private final ServerSocketChannel listener;
    private SocketChannel accepted;
    private FileChannel file;

    private Subject(SocketChannel channel, InetSocketAddress remote, ServerSocketChannel listener) {
        this.channel = channel;
        this.remote = remote;
        this.listener = listener;
    }

    static Subject at(Moment moment) throws IOException {
        int number = SUBJECTS.incrementAndGet();
        boolean silent = isSilentAt(moment);
        ServerSocketChannel listener = silent ? null : listener(number);
        InetSocketAddress remote = silent ? nobody(number) : (InetSocketAddress) listener.getLocalAddress();
        SocketChannel channel = SocketChannel.open().setOption(StandardSocketOptions.SO_SNDBUF, SMALL_BUFFER);
        return new Subject(channel, remote, listener);
    }

    /** Whether no packet of the peer ever comes: elsewhere the kernel has answered for one that does nothing more. */
    static boolean isSilentAt(Moment moment) {
        return moment == Moment.COOKIE_ASKED || DEFERRED && moment != Moment.ESTABLISHED;
    }

    /** Packets to it are lost without a word. */
    private static InetSocketAddress nobody(int number) {
        return new InetSocketAddress("2001:db8::f:" + Integer.toHexString(number), 443);
    }

    private static ServerSocketChannel listener(int number) throws IOException {
        InetAddress address = InetAddress.getByAddress(new byte[] {127, 2, (byte) (number / 250), (byte) (1 + number % 250)});
        return ServerSocketChannel.open().setOption(StandardSocketOptions.SO_RCVBUF, SMALL_BUFFER)
            .bind(new InetSocketAddress(address, 0));
    }

    SocketChannel channel() {
        return channel;
    }

    InetSocketAddress remote() {
        return remote;
    }

    /** @return whether a peer that has heard of the connection took any more, without which a write has to wait */
    boolean fills() throws IOException {
        if (listener == null) {
            return false;
        }
        channel.configureBlocking(false);
        boolean taken = false;
        while (channel.write(ByteBuffer.allocate(SMALL_BUFFER)) > 0) {
            taken = true;
        }
        channel.configureBlocking(true);
        return taken;
    }

    SocketChannel accept() throws IOException {
        accepted = listener.accept();
        return accepted;
    }

    /** An interrupt of a transfer closes its file, too: each has its own. */
    void openFile(int length) throws IOException {
        Path path = Files.createTempFile("nio-fastopen-", ".bytes");
        Files.write(path, Bytes.plain(length));
        file = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.DELETE_ON_CLOSE);
    }

    FileChannel file() {
        return file;
    }

    /** The peer goes: that ends what a close of the channel doesn't. */
    void closePeer() throws IOException {
        if (listener != null) {
            listener.close();
        }
        if (accepted != null && accepted.isOpen()) {
            accepted.setOption(StandardSocketOptions.SO_LINGER, 0).close();
        }
        if (file != null) {
            file.close();
        }
    }
}
