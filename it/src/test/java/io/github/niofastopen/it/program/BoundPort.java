// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.program;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** A client that chooses its local port, as firewalls that know clients by their ports make it do. */
public final class BoundPort {

    private BoundPort() {
    }

    /** Arguments: server address, port, local port. Prints {@code answered}, or what was thrown. */
    public static void main(String[] args) {
        try (SocketChannel channel = SocketChannel.open()) {
            channel.bind(new InetSocketAddress(Integer.parseInt(args[2])));
            channel.connect(new InetSocketAddress(args[0], Integer.parseInt(args[1])));
            channel.write(ByteBuffer.wrap(TwoFlights.hello(300)));
            System.out.println(channel.read(ByteBuffer.allocate(300)) > 0 ? "answered" : "closed");
        } catch (IOException e) {
            System.out.println(e);
        }
    }
}
