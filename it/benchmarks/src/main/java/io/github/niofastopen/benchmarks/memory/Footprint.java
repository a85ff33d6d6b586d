// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.benchmarks.memory;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Tells what connections take of the heap, and which threads there are, as JSON on standard output. What connections share
 * isn't counted.
 */
public final class Footprint {
    private static final int CONNECTIONS = 10;
    private static final int HELLO = 300;

    private final boolean sockets;
    private final List<Connection> connections = new ArrayList<>();
    private final List<SocketChannel> accepted = new ArrayList<>();
    private final ObjectNode result = new ObjectMapper().createObjectNode();

    private Footprint(boolean sockets) {
        this.sockets = sockets;
    }

    /** Argument: {@code channel} or {@code socket}. */
    public static void main(String[] arguments) throws Exception {
        System.out.println(new Footprint(arguments[0].equals("socket")).tell());
    }

    private ObjectNode tell() throws IOException, IllegalAccessException {
        Set<String> before = threads();
        try (ServerSocketChannel server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 8443), CONNECTIONS);
            for (int i = 0; i < CONNECTIONS; i++) {
                connections.add(open());
            }
            look("unconnected", before);
            fetchCookie(server);
            for (Connection connection : connections) {
                connection.connect(server.getLocalAddress());
            }
            look("connected", before);
            for (Connection connection : connections) {
                connection.write(hello());
                exchange(connection, server.accept());
            }
            look("established", before);
        }
        return result;
    }

    private Connection open() throws IOException {
        return sockets ? new OfSocket() : new OfChannel();
    }

    /** The first connection to a destination asks for the cookie with which the others are held back. */
    private void fetchCookie(ServerSocketChannel server) throws IOException {
        try (Connection first = open()) {
            first.connect(server.getLocalAddress());
            first.write(hello());
            exchange(first, server.accept());
        }
    }

    private void exchange(Connection connection, SocketChannel peer) throws IOException {
        accepted.add(peer);
        peer.setOption(StandardSocketOptions.TCP_NODELAY, true);
        for (ByteBuffer in = ByteBuffer.allocate(HELLO); in.hasRemaining();) {
            peer.read(in);
        }
        peer.write(ByteBuffer.allocate(1));
        connection.readOne();
    }

    private void look(String state, Set<String> before) throws IllegalAccessException {
        Set<String> now = threads();
        now.removeAll(before);
        ObjectNode one = result.putObject(state)
            .put("bytes", OwnObjects.bytes(connections.get(0).object(), connections.get(1).object()));
        now.forEach(one.putArray("threads")::add);
    }

    /** The names of this JVM's threads; those that were there before any connection are its own. */
    private static Set<String> threads() {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).collect(Collectors.toCollection(TreeSet::new));
    }

    /** A record with the beginning of a ClientHello (RFC 8446, 4 and 5.1). */
    private static byte[] hello() {
        byte[] bytes = new byte[HELLO];
        System.arraycopy(new byte[] {22, 3, 1, 1, 39, 1, 0, 1, 35, 3, 3}, 0, bytes, 0, 11);
        return bytes;
    }

    private interface Connection extends Closeable {
        /** The application's object. */
        Object object();

        void connect(SocketAddress address) throws IOException;

        void write(byte[] bytes) throws IOException;

        void readOne() throws IOException;
    }

    private static final class OfChannel implements Connection {
        private final SocketChannel channel = SocketChannel.open();

        OfChannel() throws IOException {
        }

        @Override
        public Object object() {
            return channel;
        }

        @Override
        public void connect(SocketAddress address) throws IOException {
            channel.connect(address);
        }

        @Override
        public void write(byte[] bytes) throws IOException {
            channel.write(ByteBuffer.wrap(bytes));
        }

        @Override
        public void readOne() throws IOException {
            channel.read(ByteBuffer.allocate(1));
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }

    private static final class OfSocket implements Connection {
        private final Socket socket = new Socket();

        @Override
        public Object object() {
            return socket;
        }

        @Override
        public void connect(SocketAddress address) throws IOException {
            socket.connect(address);
        }

        @Override
        public void write(byte[] bytes) throws IOException {
            socket.getOutputStream().write(bytes);
        }

        @Override
        public void readOne() throws IOException {
            socket.getInputStream().read();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
