// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.jmh.established;

import io.github.niofastopen.jmh.ChildJvm;
import io.github.niofastopen.jmh.SideBySide;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** A message to an echo thread and back, through a selector that other, silent connections are registered with. */
public class SelectorPingPong extends SideBySide {
    /** Length of a message, in octets. */
    @Param({"1", "1024", "16384"})
    public int length;

    /** How many channels are registered in all. */
    @Param({"1", "1000", "10000"})
    public int registered;

    private final List<SocketChannel> open = new ArrayList<>();
    private Loopback loopback;
    private ChildJvm silent;
    private Selector selector;
    private SocketChannel channel;
    private Exchange exchange;

    @Setup(Level.Trial)
    public void connect() throws IOException {
        loopback = new Loopback();
        selector = Selector.open();
        channel = register(loopback.connectTo(Loopback.echo(length)));
        silent = ChildJvm.start(SilentServer.class, List.of());
        while (selector.keys().size() < registered) {
            register(Loopback.connectTo(silent.port()));
        }
        exchange = Exchange.of(length, true);
    }

    private SocketChannel register(SocketChannel opened) throws IOException {
        open.add(opened);
        opened.configureBlocking(false).register(selector, SelectionKey.OP_READ);
        return opened;
    }

    @Override
    protected long operate() throws IOException {
        exchange.send(channel);
        boolean complete = false;
        while (!complete) {
            selector.select();
            for (SelectionKey ready : selector.selectedKeys()) {
                complete = exchange.receive((SocketChannel) ready.channel());
            }
            selector.selectedKeys().clear();
        }
        return length;
    }

    @TearDown(Level.Trial)
    public void close() throws IOException {
        for (SocketChannel each : open) {
            each.close();
        }
        selector.close();
        silent.close();
        loopback.close();
    }
}
