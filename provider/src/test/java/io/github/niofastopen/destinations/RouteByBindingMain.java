// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.destinations;

import io.github.niofastopen.linux.Route;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.channels.SocketChannel;

/** Prints what is found of the way to this machine itself without netlink. */
public final class RouteByBindingMain {

    private RouteByBindingMain() {
    }

    public static void main(String[] args) throws IOException {
        // Starts the provider
        SocketChannel.open().close();
        Route route = RouteByBinding.to(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
        System.out.println(route.isLocal() + " " + route.source().getHostAddress());
    }
}
