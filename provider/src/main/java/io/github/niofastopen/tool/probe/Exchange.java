// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.tool.probe;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/** One TLS connection over a socket channel: the handshake, an HTTP request where one is wanted, and what time it took. */
final class Exchange {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final Socket socket;
    private final SSLEngine engine;
    private final Target target;
    /** Tells {@code tcpi_rtt} of the socket. */
    private final IntSupplier rtt;
    private final long timeoutNanos;

    private final ByteBuffer outgoing;
    /** From its position to its limit, what is not yet unwrapped. */
    private ByteBuffer incoming;
    private final ByteBuffer plain;

    private long begun;
    private long hello;
    private int helloBytes;
    private long answer;
    private long serverHello;
    private int rttMicros;
    private final HelloListener listener = new HelloListener();

    Exchange(SocketChannel channel, SSLEngine engine, Target target, IntSupplier rtt, long timeoutNanos) {
        this.socket = channel.socket();
        this.engine = engine;
        this.target = target;
        this.rtt = rtt;
        this.timeoutNanos = timeoutNanos;
        outgoing = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        incoming = ByteBuffer.allocate(engine.getSession().getPacketBufferSize()).flip();
        plain = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize());
    }

    /** @throws IOException if it fails; an {@link SSLException} if it is TLS that does */
    Timeline run(InetSocketAddress remote) throws IOException {
        socket.setTcpNoDelay(true);
        begun = System.nanoTime();
        socket.connect(remote, remainingMillis());
        long connected = elapsed();
        secure();
        long secured = elapsed();
        long request = 0;
        long response = 0;
        if (target.path() != null) {
            wrap(ByteBuffer.wrap(head().getBytes(StandardCharsets.US_ASCII)));
            request = elapsed();
            while (plain.position() == 0) {
                unwrap();
            }
            response = elapsed();
        }
        Timeline timeline = new Timeline(connected, hello, answer, serverHello, secured, request, response, helloBytes,
            engine.getSession().getProtocol(), rttMicros);
        sayGoodbye();
        return timeline;
    }

    /** What was said first, once it has run. */
    Handshake handshake() {
        return listener.handshake();
    }

    private String head() {
        return "HEAD " + target.path() + " HTTP/1.1\r\nHost: " + target.authority()
            + "\r\nUser-Agent: nio-fastopen-probe\r\nAccept: */*\r\nConnection: close\r\n\r\n";
    }

    private void secure() throws IOException {
        engine.beginHandshake();
        HandshakeStatus status = engine.getHandshakeStatus();
        while (status != HandshakeStatus.FINISHED && status != HandshakeStatus.NOT_HANDSHAKING) {
            if (status == HandshakeStatus.NEED_TASK) {
                engine.getDelegatedTask().run();
                status = engine.getHandshakeStatus();
            } else if (status == HandshakeStatus.NEED_WRAP) {
                status = wrap(NOTHING);
            } else {
                status = unwrap();
            }
        }
    }

    private HandshakeStatus wrap(ByteBuffer source) throws IOException {
        outgoing.clear();
        SSLEngineResult result = engine.wrap(source, outgoing);
        OutputStream out = socket.getOutputStream();
        out.write(outgoing.array(), 0, outgoing.position());
        if (hello == 0) {
            hello = elapsed();
            helloBytes = outgoing.position();
            listener.sentFirst(outgoing.array(), helloBytes);
        }
        return result.getHandshakeStatus();
    }

    private HandshakeStatus unwrap() throws IOException {
        int record = incoming.position();
        SSLEngineResult result = engine.unwrap(incoming, plain);
        if (listener.received(incoming.array(), record, result.bytesConsumed())) {
            serverHello = elapsed();
        }
        switch (result.getStatus()) {
            case BUFFER_UNDERFLOW:
                fill();
                return HandshakeStatus.NEED_UNWRAP;
            case CLOSED:
                throw new EOFException("the server closed the connection");
            default:
                return result.getHandshakeStatus();
        }
    }

    private void fill() throws IOException {
        incoming.compact();
        socket.setSoTimeout(remainingMillis());
        InputStream in = socket.getInputStream();
        int count = in.read(incoming.array(), incoming.position(), incoming.remaining());
        if (count < 0) {
            throw new EOFException("the server closed the connection");
        }
        if (answer == 0) {
            answer = elapsed();
            rttMicros = rtt.getAsInt();
        }
        incoming.position(incoming.position() + count).flip();
    }

    /** Nothing depends on it any more. */
    private void sayGoodbye() {
        try {
            engine.closeOutbound();
            wrap(NOTHING);
        } catch (IOException e) {
            // The server was first.
        }
    }

    private long elapsed() {
        return System.nanoTime() - begun;
    }

    private int remainingMillis() throws SocketTimeoutException {
        long left = TimeUnit.NANOSECONDS.toMillis(timeoutNanos - elapsed());
        if (left <= 0) {
            throw new SocketTimeoutException();
        }
        return (int) left;
    }
}
