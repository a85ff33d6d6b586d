// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen;

import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.SelectorProvider;
import java.nio.charset.StandardCharsets;

/** The application of a child JVM: echoes both ways through whatever provider the switch gave it, and says which. */
final class ChildMain {
    private ChildMain() {
    }

    public static void main(String[] arguments) throws Exception {
        SelectorProvider provider = SelectorProvider.provider();
        byte[] bytes = "hello".getBytes(StandardCharsets.US_ASCII);
        String echoed;
        String channelClass;
        try (Echo echo = new Echo(provider); SocketChannel channel = SocketChannel.open(echo.address())) {
            channelClass = channel.getClass().getSimpleName();
            echoed = new String(Echo.exchangeBlocking(channel, bytes), StandardCharsets.US_ASCII);
        }
        try (Echo echo = new Echo(provider)) {
            echoed += " " + new String(Echo.exchangeBySelector(provider, echo.address(), bytes), StandardCharsets.US_ASCII);
        }
        try (SocketChannel another = SocketChannel.open(); ServerSocketChannel server = ServerSocketChannel.open()) {
            System.out.println(provider.getClass().getSimpleName() + " " + channelClass + " " + echoed + " "
                + another.getClass().getSimpleName() + " " + server.getClass().getSimpleName());
        }
    }
}
