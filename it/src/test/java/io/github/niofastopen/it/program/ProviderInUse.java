// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.program;

import java.io.IOException;
import java.nio.channels.SocketChannel;

/** Prints the class of the socket channels in this JVM. */
public final class ProviderInUse {

    private ProviderInUse() {
    }

    public static void main(String[] args) throws IOException {
        try (SocketChannel channel = SocketChannel.open()) {
            System.out.println(channel.getClass().getName());
        }
    }
}
