// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.jmh.established;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/** Answers the first byte of each connection and holds it in silence, in a process whose descriptors are its own. */
public final class SilentServer {
    private static final int BACKLOG = 4096;

    private SilentServer() {
    }

    /** Prints its port, and ends when its standard input does. */
    public static void main(String[] args) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open()
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
        Thread holder = new Thread(() -> hold(server), "holder");
        holder.setDaemon(true);
        holder.start();
        System.out.println(server.socket().getLocalPort());
        while (System.in.read() >= 0) {
            System.in.skip(System.in.available());
        }
    }

    private static void hold(ServerSocketChannel server) {
        List<SocketChannel> held = new ArrayList<>();
        ByteBuffer first = ByteBuffer.allocate(1);
        try {
            while (server.isOpen()) {
                SocketChannel accepted = server.accept();
                held.add(accepted);
                accepted.read(first.clear());
                accepted.write(first.clear());
            }
        } catch (IOException e) {
            e.printStackTrace();
            System.exit(1);
        }
    }
}
