// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.jmh.established;

import io.github.niofastopen.jmh.SideBySide;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** A message to an echo thread and back, in blocking mode. */
public class BlockingPingPong extends SideBySide {
    /** Length of a message, in octets. */
    @Param({"1", "1024", "16384"})
    public int length;

    @Param({"true", "false"})
    public boolean direct;

    private Loopback loopback;
    private SocketChannel channel;
    private Exchange exchange;

    @Setup(Level.Trial)
    public void connect() throws IOException {
        loopback = new Loopback();
        channel = loopback.connectTo(Loopback.echo(length));
        exchange = Exchange.of(length, direct);
    }

    @Override
    protected long operate() throws IOException {
        exchange.send(channel);
        boolean complete = false;
        while (!complete) {
            complete = exchange.receive(channel);
        }
        return length;
    }

    @TearDown(Level.Trial)
    public void close() throws IOException {
        channel.close();
        loopback.close();
    }
}
