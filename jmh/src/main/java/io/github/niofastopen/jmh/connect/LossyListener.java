// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.jmh.connect;

import io.github.niofastopen.jmh.Provider;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Loses SYNs as long as its queue is full, so that its address becomes one that Fast Open isn't tried with. */
final class LossyListener {
    private static final int SHORTEST_BACKLOG = 1;
    private static final int CONNECTIONS_THAT_FILL_IT = SHORTEST_BACKLOG + 1;
    /** Longer than the peer of a SYN with Fast Open has to answer, shorter than the kernel takes to send its SYN again. */
    private static final long FULL_MILLIS = 600;

    private LossyListener() {
    }

    static void makeAvoided(InetAddress address) throws IOException {
        try (ServerSocketChannel listener = ServerSocketChannel.open()) {
            listener.bind(new InetSocketAddress(address, 0), SHORTEST_BACKLOG);
            Socket[] filling = new Socket[CONNECTIONS_THAT_FILL_IT];
            for (int i = 0; i < filling.length; i++) {
                filling[i] = new Socket(address, listener.socket().getLocalPort());
            }
            CompletableFuture.runAsync(() -> acceptAll(listener),
                CompletableFuture.delayedExecutor(FULL_MILLIS, TimeUnit.MILLISECONDS));
            try (SocketChannel lost = Provider.checked(SocketChannel.open(listener.getLocalAddress()))) {
                lost.write(ByteBuffer.allocate(1));
            }
            for (Socket each : filling) {
                each.close();
            }
        }
    }

    private static void acceptAll(ServerSocketChannel listener) {
        try {
            for (int i = 0; i < CONNECTIONS_THAT_FILL_IT; i++) {
                listener.accept().close();
            }
        } catch (IOException e) {
            e.printStackTrace();
        }
    }
}
