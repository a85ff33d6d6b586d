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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A thread's share of the channels, as an event loop has them. */
final class EventLoop {
    /** Without progress, and for each channel besides: the server may still be busy with as many of the round before. */
    private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final long MOST_NANOS_OF_A_CHANNEL = TimeUnit.MILLISECONDS.toNanos(2);

    private final Selector selector;
    private final int first;
    private final int count;
    private final List<SocketChannel> channels = new ArrayList<>();
    private final ByteBuffer in = ByteBuffer.allocateDirect(1);
    /** Of the present phase, for whoever wants to see how far it is. */
    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger finished = new AtomicInteger();

    /** @param first which of all channels is the first of this loop */
    EventLoop(int first, int count) throws IOException {
        this.selector = Selector.open();
        this.first = first;
        this.count = count;
    }

    /** Opens and connects all, and waits until each is finished. */
    void connect() throws IOException {
        beginPhase();
        for (int i = 0; i < count; i++) {
            SocketChannel channel = SocketChannel.open();
            channels.add(channel);
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_CONNECT);
            if (channel.connect(Peers.address(first + i))) {
                channel.keyFor(selector).interestOps(0);
                finished.incrementAndGet();
            }
            begun.incrementAndGet();
        }
        awaitAll(this::finishConnect);
    }

    /** Writes a first flight on each, and waits until each is answered. */
    void exchange() throws IOException {
        beginPhase();
        ByteBuffer hello = Peers.hello();
        for (SocketChannel channel : channels) {
            if (channel.write(hello.rewind()) != Peers.HELLO) {
                throw new IOException("the first flight was written in part");
            }
            channel.keyFor(selector).interestOps(SelectionKey.OP_READ);
            begun.incrementAndGet();
        }
        awaitAll(this::read);
    }

    /** Closes all at once, without a state that waits for late packets. */
    void close() throws IOException {
        beginPhase();
        for (SocketChannel channel : channels) {
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            channel.close();
            begun.incrementAndGet();
            finished.incrementAndGet();
        }
        selector.close();
    }

    /** How many channels have begun with the present phase. */
    int begun() {
        return begun.get();
    }

    /** How many channels have done with the present phase. */
    int finished() {
        return finished.get();
    }

    private void beginPhase() {
        begun.set(0);
        finished.set(0);
    }

    private void awaitAll(Step step) throws IOException {
        long most = MOST_NANOS + count * MOST_NANOS_OF_A_CHANNEL;
        long end = System.nanoTime() + most;
        while (finished.get() < count) {
            int before = finished.get();
            selector.select(1000);
            for (SelectionKey key : selector.selectedKeys()) {
                if (step.isDone(key)) {
                    key.interestOps(0);
                    finished.incrementAndGet();
                }
            }
            selector.selectedKeys().clear();
            if (finished.get() > before) {
                end = System.nanoTime() + most;
            } else if (System.nanoTime() - end > 0) {
                throw new IOException(count - finished.get() + " of " + count + " connections made no progress for "
                    + TimeUnit.NANOSECONDS.toSeconds(most) + " s");
            }
        }
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
