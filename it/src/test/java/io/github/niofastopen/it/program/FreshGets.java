// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.program;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLSocket;

/** Fetches a page several times, over a connection of its own each time: by what the first argument says. */
public final class FreshGets {
    private final String host;
    private final int port;

    private FreshGets(String host, int port) {
        this.host = host;
        this.port = port;
    }

    /** Arguments: {@code http}, {@code url}, {@code engine} or {@code socket}, a host, a port, and how often. Prints the end of each response. */
    public static void main(String[] args) throws Exception {
        FreshGets gets = new FreshGets(args[1], Integer.parseInt(args[2]));
        for (int i = 0; i < Integer.parseInt(args[3]); i++) {
            String response = switch (args[0]) {
                case "http" -> gets.byHttpClient();
                case "engine" -> gets.byEngine();
                case "url" -> gets.byUrlConnection();
                default -> gets.bySocket();
            };
            System.out.println(response.substring(response.length() - 6).trim());
        }
    }

    private String byHttpClient() throws IOException, InterruptedException {
        HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        URI uri = URI.create("https://" + host + ":" + port + "/");
        return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString()).body();
    }

    private String byUrlConnection() throws IOException {
        try (InputStream in = URI.create("https://" + host + ":" + port + "/").toURL().openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    private String bySocket() throws Exception {
        try (SocketChannel channel = SocketChannel.open()) {
            channel.connect(new InetSocketAddress(host, port));
            SSLSocket socket = (SSLSocket) SSLContext.getDefault().getSocketFactory().createSocket(channel.socket(), host, port, true);
            socket.getOutputStream().write(request());
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    private byte[] request() {
        return ("GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    /** A channel that blocks, and an engine that its thread drives. */
    private String byEngine() throws Exception {
        SSLEngine engine = SSLContext.getDefault().createSSLEngine(host, port);
        engine.setUseClientMode(true);
        ByteBuffer in = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        ByteBuffer out = ByteBuffer.allocate(in.capacity());
        ByteBuffer plain = ByteBuffer.allocate(1 << 16);
        ByteBuffer request = ByteBuffer.wrap(request());
        try (SocketChannel channel = SocketChannel.open()) {
            channel.connect(new InetSocketAddress(host, port));
            SSLEngineResult.Status status = SSLEngineResult.Status.OK;
            while (status != SSLEngineResult.Status.CLOSED) {
                switch (engine.getHandshakeStatus()) {
                    case NEED_TASK -> engine.getDelegatedTask().run();
                    case NEED_UNWRAP -> status = unwrap(engine, channel, in, plain);
                    case NOT_HANDSHAKING, FINISHED -> status = request.hasRemaining() && hasHandshaken(engine)
                        ? wrap(engine, channel, request, out) : unwrap(engine, channel, in, plain);
                    default -> wrap(engine, channel, request, out);
                }
                if (engine.getHandshakeStatus() == SSLEngineResult.HandshakeStatus.NOT_HANDSHAKING && !hasHandshaken(engine)) {
                    engine.beginHandshake();
                }
            }
        }
        return StandardCharsets.US_ASCII.decode(plain.flip()).toString();
    }

    private static boolean hasHandshaken(SSLEngine engine) {
        return !engine.getSession().getProtocol().equals("NONE");
    }

    private static SSLEngineResult.Status wrap(SSLEngine engine, SocketChannel channel, ByteBuffer request, ByteBuffer out)
            throws IOException {
        SSLEngineResult.Status status = engine.wrap(request, out.clear()).getStatus();
        out.flip();
        while (out.hasRemaining()) {
            channel.write(out);
        }
        return status;
    }

    private static SSLEngineResult.Status unwrap(SSLEngine engine, SocketChannel channel, ByteBuffer in, ByteBuffer plain)
            throws IOException {
        SSLEngineResult.Status status = engine.unwrap(in.flip(), plain).getStatus();
        in.compact();
        if (status == SSLEngineResult.Status.BUFFER_UNDERFLOW && channel.read(in) < 0) {
            return SSLEngineResult.Status.CLOSED;
        }
        return status;
    }
}
