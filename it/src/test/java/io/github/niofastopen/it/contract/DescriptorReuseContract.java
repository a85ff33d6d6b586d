// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Descriptors that are closed under a writer and taken by the next connection at once: no peer may ever receive a byte
 * that was written to another connection. Every block that is written says from which port it comes.
 */
@Contract
@Isolated("it takes the processor from all others")
class DescriptorReuseContract {
    private static final int PAIRS = 3;
    private static final int ROUNDS = 4000;
    private static final long AT_MOST_NANOS = TimeUnit.SECONDS.toNanos(4);
    private static final int BLOCK = 64;
    private static final int MARK_OFFSET = 40;

    private final AtomicReference<String> stray = new AtomicReference<>();
    private final AtomicInteger rounds = new AtomicInteger();
    private final AtomicLong received = new AtomicLong();

    @Test
    void aPeerReceivesOnlyWhatItsOwnClientHasWritten() throws Exception {
        ExecutorService servers = Executors.newCachedThreadPool();
        try (Peer peer = new Peer()) {
            // given
            Background<Void> acceptor = Background.run(() -> {
                while (true) {
                    SocketChannel accepted = peer.server().accept();
                    servers.execute(() -> check(accepted));
                }
            });

            // when
            List<Background<Void>> clients = new ArrayList<>();
            long end = System.nanoTime() + AT_MOST_NANOS;
            for (int i = 0; i < PAIRS; i++) {
                clients.add(Background.run(() -> openWriteAndClose(peer.address(), end)));
            }
            for (Background<Void> client : clients) {
                client.result();
            }

            // then
            peer.server().close();
            assertThat(acceptor.failure()).isInstanceOf(ClosedChannelException.class);
            servers.shutdown();
            assertThat(servers.awaitTermination(3, TimeUnit.SECONDS)).isTrue();
            assertThat(stray.get()).isNull();
            assertThat(rounds.get()).isPositive();
            assertThat(received.get()).isPositive();
        } finally {
            servers.shutdownNow();
        }
    }

    private Void openWriteAndClose(InetSocketAddress address, long end) throws Exception {
        ExecutorService closer = Executors.newSingleThreadExecutor();
        try {
            while (rounds.incrementAndGet() <= ROUNDS && System.nanoTime() < end) {
                SocketChannel channel = SocketChannel.open();
                ThreadLocalRandom random = ThreadLocalRandom.current();
                int patience = random.nextInt(3000);
                try {
                    channel.connect(address);
                    ByteBuffer block = block(((InetSocketAddress) channel.getLocalAddress()).getPort(), random.nextBoolean());
                    closer.execute(() -> closeAfter(channel, patience));
                    while (true) {
                        channel.write(block.rewind());
                    }
                } catch (IOException e) {
                    channel.close();
                }
            }
            return null;
        } finally {
            closer.shutdown();
            closer.awaitTermination(2, TimeUnit.SECONDS);
        }
    }

    private static void closeAfter(SocketChannel channel, int spins) {
        for (int i = 0; i < spins; i++) {
            Thread.onSpinWait();
        }
        try {
            channel.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ByteBuffer block(int port, boolean hello) {
        ByteBuffer block = ByteBuffer.wrap(hello ? Bytes.clientHello(BLOCK) : Bytes.plain(BLOCK));
        return block.putInt(MARK_OFFSET, port);
    }

    private void check(SocketChannel accepted) {
        try (accepted) {
            int port = ((InetSocketAddress) accepted.getRemoteAddress()).getPort();
            InputStream in = accepted.socket().getInputStream();
            byte[] block = new byte[BLOCK];
            while (in.readNBytes(block, 0, BLOCK) == BLOCK) {
                received.addAndGet(BLOCK);
                int mark = ByteBuffer.wrap(block).getInt(MARK_OFFSET);
                if (mark != port) {
                    stray.compareAndSet(null, "the connection from port " + port + " received what was written on " + mark);
                }
            }
        } catch (IOException e) {
            // reset: the client has closed with unread data
        }
    }
}
