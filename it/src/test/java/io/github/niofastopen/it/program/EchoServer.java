// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.program;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The far end for programs that speak bytes: says a greeting, if it has one, and sends back what it gets until the end. */
public final class EchoServer {

    private EchoServer() {
    }

    /**
     * Arguments: the port, and the greeting if the server is to speak first. The property {@code rotate.key.every} tells
     * after how many connections the kernel gets another key for its cookies.
     */
    public static void main(String[] args) throws IOException {
        String greeting = args.length > 1 ? args[1] : "";
        int rotateEvery = Integer.getInteger("rotate.key.every", Integer.MAX_VALUE);
        try (ServerSocketChannel server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(Integer.parseInt(args[0])));
            for (int connections = 1; true; connections++) {
                SocketChannel accepted = server.accept();
                if (connections % rotateEvery == 0) {
                    Files.writeString(Path.of("/proc/sys/net/ipv4/tcp_fastopen_key"),
                        String.format("%08x-00000000-00000000-00000001", connections));
                }
                new Thread(() -> serve(accepted, greeting)).start();
            }
        }
    }

    private static void serve(SocketChannel channel, String greeting) {
        ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
        try (channel) {
            writeFully(channel, ByteBuffer.wrap(greeting.getBytes(StandardCharsets.US_ASCII)));
            while (channel.read(buffer.clear()) >= 0) {
                writeFully(channel, buffer.flip());
            }
        } catch (IOException e) {
            System.err.println("echo: " + e);
        }
    }

    private static void writeFully(SocketChannel channel, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }
}
