// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.program;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;

/** Makes one connection, and writes its ClientHello so late as a cold JVM on a busy machine does. */
public final class LateHello {

    private LateHello() {
    }

    /** @param args server address, port, and how many milliseconds it takes to make a ClientHello */
    public static void main(String[] args) throws IOException, InterruptedException {
        try (SocketChannel channel = SocketChannel.open()) {
            channel.connect(new InetSocketAddress(args[0], Integer.parseInt(args[1])));
            TimeUnit.MILLISECONDS.sleep(Long.parseLong(args[2]));
            byte[] hello = Exchanges.bytesOf(Exchanges.hello(Exchanges.HELLO_LENGTH));
            Exchanges.exchange(channel.socket().getInputStream(), channel.socket().getOutputStream(), hello);
        }
    }
}
