// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.linux;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;

/** Prints of which kind the exception of a refused connect is, and whether it names the peer. */
public final class ConnectFailureMain {

    private ConnectFailureMain() {
    }

    public static void main(String[] args) throws IOException {
        // Starts the provider
        SocketChannel.open().close();
        IOException failure = Errno.connectFailure(Errno.ECONNREFUSED.asResult(),
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 443));
        System.out.println(failure.getClass().getSimpleName() + " " + failure.getMessage() + " " + HostInfo.isWanted());
    }
}
