// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.door;

import java.io.IOException;
import java.net.ProtocolFamily;
import java.nio.channels.NetworkChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.SelectorProvider;

/**
 * What lies behind the door: channels whose classes extend the JDK's own. This side of it knows them by this interface
 * alone, since a class that mentions them can be verified only once the door is open.
 */
public interface Channels {

    /** The JDK's provider, which makes everything that isn't a TCP socket channel. */
    SelectorProvider jdkProvider();

    /** @param provider the provider that the channel is to name as its own */
    SocketChannel openSocketChannel(SelectorProvider provider) throws IOException;

    /**
     * @param provider the provider that the channel is to name as its own
     * @param family {@code INET} or {@code INET6}
     */
    SocketChannel openSocketChannel(SelectorProvider provider, ProtocolFamily family) throws IOException;

    /** The file descriptor of a socket channel of the JDK's provider, or of one of these. */
    int descriptorOf(NetworkChannel channel);
}
