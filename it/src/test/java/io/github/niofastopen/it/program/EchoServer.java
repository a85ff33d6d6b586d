package io.github.niofastopen.it.program;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** The far end for programs that speak bytes: says a greeting, if it has one, and sends back what it gets until the end. */
public final class EchoServer {

    private EchoServer() {
    }

    /** Arguments: the port, and the greeting if the server is to speak first. */
    public static void main(String[] args) throws IOException {
        String greeting = args.length > 1 ? args[1] : "";
        try (ServerSocketChannel server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(Integer.parseInt(args[0])));
            while (true) {
                SocketChannel accepted = server.accept();
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
