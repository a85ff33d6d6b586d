// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.door;

import io.github.niofastopen.destinations.Destinations;
import io.github.niofastopen.destinations.Paths;
import io.github.niofastopen.outcome.Reports;
import java.io.IOException;
import java.net.InetAddress;
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

    /** Switches Fast Open off, or on again, for connects that begin from now on. */
    void setOn(boolean on);

    boolean isOn();

    /** Whether the kernel or a sandbox has refused Fast Open to this process. */
    boolean isRefused();

    /** Runs a task, which may block, soon and after those given before, or not at all where no thread can be had. */
    void inBackground(Runnable task);

    Destinations destinations();

    Paths paths();

    Reports reports();

    /** Forgets what is known of an address: what its ports are, what failed, and what it didn't give. */
    void forget(InetAddress address);

    /** Forgets what is known of all addresses and networks. */
    void forgetAll();
}
