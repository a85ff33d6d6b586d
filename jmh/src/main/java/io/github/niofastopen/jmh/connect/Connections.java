// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.jmh.connect;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.security.GeneralSecurityException;

/** Makes one connection after the other, each for a beginning and its answer. */
public final class Connections {
    private final InetSocketAddress server;
    private final Readiness readiness;
    private final Beginning beginning;

    Connections(InetSocketAddress server, Readiness readiness, Beginning beginning) {
        this.server = server;
        this.readiness = readiness;
        this.beginning = beginning;
    }

    /** Arguments: the mode, the outcome, the port, and how many. */
    public static void main(String[] args) throws IOException, GeneralSecurityException {
        Connect.Outcome outcome = Connect.Outcome.valueOf(args[1]);
        outcome.prepare();
        Connections connections = new Connections(new InetSocketAddress(outcome.address(), Integer.parseInt(args[2])),
            Connect.Mode.valueOf(args[0]).readiness(), Beginning.hello());
        for (int i = 0; i < Integer.parseInt(args[3]); i++) {
            connections.makeOne();
        }
    }

    int makeOne() throws IOException {
        try (SocketChannel channel = SocketChannel.open()) {
            readiness.prepare(channel);
            if (!channel.connect(server)) {
                readiness.await(channel, SelectionKey.OP_CONNECT);
                channel.finishConnect();
            }
            beginning.on(channel, readiness);
            return channel.validOps();
        }
    }
}
