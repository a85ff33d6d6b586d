// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.benchmarks.scale;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/** A thread's share of the channels, as an event loop has them. */
final class EventLoop {
    private static final int MOST_MILLIS = 60_000;

    private final Selector selector;
    private final int first;
    private final int count;
    private final List<SocketChannel> channels = new ArrayList<>();
    private final ByteBuffer in = ByteBuffer.allocateDirect(1);
    private int finished;

    /** @param first which of all channels is the first of this loop */
    EventLoop(int first, int count) throws IOException {
        this.selector = Selector.open();
        this.first = first;
        this.count = count;
    }

    /** Opens and connects all, and waits until each is finished. */
    void connect() throws IOException {
        for (int i = 0; i < count; i++) {
            SocketChannel channel = SocketChannel.open();
            channels.add(channel);
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_CONNECT);
            if (channel.connect(Peers.address(first + i))) {
                channel.keyFor(selector).interestOps(0);
                finished++;
            }
        }
        awaitAll(this::finishConnect);
    }

    /** Writes a first flight on each, and waits until each is answered. */
    void exchange() throws IOException {
        ByteBuffer hello = Peers.hello();
        for (SocketChannel channel : channels) {
            if (channel.write(hello.rewind()) != Peers.HELLO) {
                throw new IOException("the first flight was written in part");
            }
            channel.keyFor(selector).interestOps(SelectionKey.OP_READ);
        }
        awaitAll(this::read);
    }

    /** Closes all at once, without a state that waits for late packets. */
    void close() throws IOException {
        for (SocketChannel channel : channels) {
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            channel.close();
        }
        selector.close();
    }

    private void awaitAll(Step step) throws IOException {
        long end = System.nanoTime() + MOST_MILLIS * 1_000_000L;
        while (finished < count) {
            selector.select(1000);
            for (SelectionKey key : selector.selectedKeys()) {
                if (step.isDone(key)) {
                    key.interestOps(0);
                    finished++;
                }
            }
            selector.selectedKeys().clear();
            if (System.nanoTime() - end > 0) {
                throw new IOException(count - finished + " of " + count + " connections made no progress");
            }
        }
        finished = 0;
    }

    private boolean finishConnect(SelectionKey key) throws IOException {
        return ((SocketChannel) key.channel()).finishConnect();
    }

    private boolean read(SelectionKey key) throws IOException {
        int n = ((SocketChannel) key.channel()).read(in.clear());
        if (n < 0) {
            throw new IOException("the server has closed a connection");
        }
        return n > 0;
    }

    private interface Step {
        boolean isDone(SelectionKey key) throws IOException;
    }
}
