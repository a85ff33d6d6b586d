// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.concurrent.atomic.AtomicInteger;

/** A SOCKS server (RFC 1928) that counts what it is asked for, and in place of whom it is asked for sends back what it gets. */
final class SocksServer implements AutoCloseable {
    private static final int VERSION = 5;
    private static final int DOMAIN_NAME = 3;
    private static final byte[] NO_AUTHENTICATION = {VERSION, 0};
    private static final byte[] SUCCEEDED = {VERSION, 0, 0, 1, 0, 0, 0, 0, 0, 0};

    private final ServerSocket server;
    private final AtomicInteger connects = new AtomicInteger();

    SocksServer() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(this::serve, "SOCKS");
        thread.setDaemon(true);
        thread.start();
    }

    InetSocketAddress address() {
        return (InetSocketAddress) server.getLocalSocketAddress();
    }

    /** How many connections it has been asked for. */
    int connects() {
        return connects.get();
    }

    private void serve() {
        while (!server.isClosed()) {
            try (Socket accepted = server.accept()) {
                connect(new DataInputStream(accepted.getInputStream()), accepted.getOutputStream());
                accepted.getInputStream().transferTo(accepted.getOutputStream());
            } catch (SocketException e) {
                // The test is over, or its connection.
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void connect(DataInputStream in, OutputStream out) throws IOException {
        in.readByte();
        in.readNBytes(in.readUnsignedByte());
        out.write(NO_AUTHENTICATION);
        in.readNBytes(3);
        in.readNBytes(addressLength(in) + Short.BYTES);
        connects.incrementAndGet();
        out.write(SUCCEEDED);
    }

    private static int addressLength(DataInputStream in) throws IOException {
        int type = in.readUnsignedByte();
        return type == DOMAIN_NAME ? in.readUnsignedByte() : type == 1 ? 4 : 16;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
