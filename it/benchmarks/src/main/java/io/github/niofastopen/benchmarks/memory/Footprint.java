// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.benchmarks.memory;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
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
 * Tells what channels take of the heap, and which threads there are, as JSON on standard output. What
 * channels share isn't counted.
 */
public final class Footprint {
    private static final int CHANNELS = 10;
    private static final int HELLO = 300;

    private final List<SocketChannel> channels = new ArrayList<>();
    private final List<SocketChannel> accepted = new ArrayList<>();
    private final ObjectNode result = new ObjectMapper().createObjectNode();

    private Footprint() {
    }

    public static void main(String[] arguments) throws Exception {
        System.out.println(new Footprint().tell());
    }

    private ObjectNode tell() throws IOException, IllegalAccessException {
        Set<String> before = threads();
        try (ServerSocketChannel server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 8443), CHANNELS);
            for (int i = 0; i < CHANNELS; i++) {
                channels.add(SocketChannel.open());
            }
            look("unconnected", before);
            fetchCookie(server);
            for (SocketChannel channel : channels) {
                channel.connect(server.getLocalAddress());
            }
            look("connected", before);
            for (SocketChannel channel : channels) {
                channel.write(hello());
                exchange(channel, server.accept());
            }
            look("established", before);
        }
        return result;
    }

    /** The first connection to a destination asks for the cookie with which the others are held back. */
    private void fetchCookie(ServerSocketChannel server) throws IOException {
        SocketAddress address = server.getLocalAddress();
        try (SocketChannel first = SocketChannel.open(address)) {
            first.write(hello());
            exchange(first, server.accept());
        }
    }

    private void exchange(SocketChannel channel, SocketChannel peer) throws IOException {
        accepted.add(peer);
        peer.setOption(StandardSocketOptions.TCP_NODELAY, true);
        for (ByteBuffer in = ByteBuffer.allocate(HELLO); in.hasRemaining();) {
            peer.read(in);
        }
        peer.write(ByteBuffer.allocate(1));
        channel.read(ByteBuffer.allocate(1));
    }

    private void look(String state, Set<String> before) throws IllegalAccessException {
        Set<String> now = threads();
        now.removeAll(before);
        ObjectNode one = result.putObject(state).put("bytes", OwnObjects.bytes(channels.get(0), channels.get(1)));
        now.forEach(one.putArray("threads")::add);
    }

    /** The names of this JVM's threads; those that were there before any channel are its own. */
    private static Set<String> threads() {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).collect(Collectors.toCollection(TreeSet::new));
    }

    /** A record with the beginning of a ClientHello (RFC 8446, 4 and 5.1). */
    private static ByteBuffer hello() {
        byte[] bytes = new byte[HELLO];
        System.arraycopy(new byte[] {22, 3, 1, 1, 39, 1, 0, 1, 35, 3, 3}, 0, bytes, 0, 11);
        return ByteBuffer.wrap(bytes);
    }
}
