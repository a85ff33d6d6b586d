// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.jmh.established;

import io.github.niofastopen.jmh.SideBySide;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Both ends of connections in one selector loop, as in a proxy: the calls of read and write meet accepted channels, which
 * are the JDK's own class, and opened ones, which aren't with the switch. An operation is a byte's way to the other end.
 */
@OperationsPerInvocation(MixedSelectorLoop.MESSAGES)
public class MixedSelectorLoop extends SideBySide {
    static final int MESSAGES = 100;
    private static final int CONNECTIONS = 16;

    private final List<Loopback.Ends> connections = new ArrayList<>();
    private final ByteBuffer message = ByteBuffer.allocateDirect(1);
    private Loopback loopback;
    private Selector selector;

    @Setup(Level.Trial)
    public void connect() throws IOException {
        loopback = new Loopback();
        selector = Selector.open();
        for (int i = 0; i < CONNECTIONS; i++) {
            Loopback.Ends ends = loopback.connect();
            ends.opened().configureBlocking(false).register(selector, SelectionKey.OP_READ);
            ends.accepted().configureBlocking(false).register(selector, SelectionKey.OP_READ);
            connections.add(ends);
            ends.opened().write(message.clear());
        }
    }

    @Override
    protected long operate() throws IOException {
        int passed = 0;
        while (passed < MESSAGES) {
            selector.select();
            for (SelectionKey ready : selector.selectedKeys()) {
                passed += passBack((SocketChannel) ready.channel());
            }
            selector.selectedKeys().clear();
        }
        return passed;
    }

    private int passBack(SocketChannel channel) throws IOException {
        int n = channel.read(message.clear());
        return n <= 0 ? 0 : channel.write(message.flip());
    }

    @TearDown(Level.Trial)
    public void close() throws IOException {
        for (Loopback.Ends ends : connections) {
            ends.opened().close();
            ends.accepted().close();
        }
        selector.close();
        loopback.close();
    }
}
