// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.program;

import static io.github.niofastopen.it.program.Exchanges.HELLO_LENGTH;
import static io.github.niofastopen.it.program.Exchanges.hello;
import static io.github.niofastopen.it.program.Exchanges.readToEnd;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.Arrays;

/**
 * The near end for programs that speak bytes: runs each {@link Scenario}. The connection of the scenario comes after one that
 * has fetched the cookie.
 */
public final class Scenarios {

    private Scenarios() {
    }

    /** Arguments: server address, port, and names of scenarios, each run after the other. */
    public static void main(String[] args) throws IOException {
        InetSocketAddress remote = new InetSocketAddress(args[0], Integer.parseInt(args[1]));
        fetchCookie(remote);
        for (String name : Arrays.copyOfRange(args, 2, args.length)) {
            Scenario.of(name).run(remote);
            System.out.println(name + " done");
        }
    }

    static void fetchCookie(InetSocketAddress remote) throws IOException {
        try (SocketChannel channel = SocketChannel.open(remote)) {
            channel.write(hello(HELLO_LENGTH));
            channel.shutdownOutput();
            readToEnd(channel);
        }
    }
}
