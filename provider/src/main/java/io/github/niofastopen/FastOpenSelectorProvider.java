// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen;

import io.github.niofastopen.linux.NativeTcpSocket;
import java.io.IOException;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.nio.channels.Channel;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Pipe;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.AbstractSelector;
import java.nio.channels.spi.SelectorProvider;

/**
 * A selector provider whose TCP socket channels merge connect with the ClientHello that follows it (TCP Fast Open, RFC
 * 7413). It is selected for a whole JVM:
 *
 * <pre>
 *   -Djava.nio.channels.spi.SelectorProvider=io.github.niofastopen.FastOpenSelectorProvider
 * </pre>
 *
 * <p>Everything but {@link #openSocketChannel} is the JDK's own. Where TCP Fast Open can't be had, for whatever reason,
 * so are the socket channels; one log line says why.
 *
 * <p>The JDK makes one instance, inside the initialiser of a class of its own, on whichever thread opens the first
 * channel: nothing is logged there, and no thread is started.
 */
public final class FastOpenSelectorProvider extends SelectorProvider {
    private final Startup startup;
    private final SelectorProvider jdk;

    /**
     * Loads the native library and opens the way into the JDK.
     *
     * @throws java.util.ServiceConfigurationError if not even the JDK's provider can be reached; the message names the flag that helps
     */
    public FastOpenSelectorProvider() {
        startup = Startup.once();
        jdk = startup.jdkProvider();
    }

    @Override
    public SocketChannel openSocketChannel() throws IOException {
        startup.reportOnce();
        return startup.isActive() ? startup.channels().openSocketChannel(this) : jdk.openSocketChannel();
    }

    @Override
    public SocketChannel openSocketChannel(ProtocolFamily family) throws IOException {
        startup.reportOnce();
        boolean tcp = family == StandardProtocolFamily.INET || family == StandardProtocolFamily.INET6;
        return tcp && startup.isActive()
            ? startup.channels().openSocketChannel(this, family)
            : jdk.openSocketChannel(family);
    }

    @Override
    public ServerSocketChannel openServerSocketChannel() throws IOException {
        startup.reportOnce();
        return acceptingFastOpen(jdk.openServerSocketChannel());
    }

    @Override
    public ServerSocketChannel openServerSocketChannel(ProtocolFamily family) throws IOException {
        startup.reportOnce();
        ServerSocketChannel server = jdk.openServerSocketChannel(family);
        return family == StandardProtocolFamily.UNIX ? server : acceptingFastOpen(server);
    }

    @Override
    public DatagramChannel openDatagramChannel() throws IOException {
        return jdk.openDatagramChannel();
    }

    @Override
    public DatagramChannel openDatagramChannel(ProtocolFamily family) throws IOException {
        return jdk.openDatagramChannel(family);
    }

    @Override
    public Pipe openPipe() throws IOException {
        return jdk.openPipe();
    }

    @Override
    public AbstractSelector openSelector() throws IOException {
        startup.reportOnce();
        return jdk.openSelector();
    }

    @Override
    public Channel inheritedChannel() throws IOException {
        return jdk.inheritedChannel();
    }

    /** Whether socket channels are this provider's. */
    boolean isActive() {
        return startup.isActive();
    }

    /** A kernel that refuses the option leaves the server as it is: it then serves without Fast Open. */
    private ServerSocketChannel acceptingFastOpen(ServerSocketChannel server) {
        int queue = startup.configuration().serverQueue();
        if (queue > 0 && startup.isActive()) {
            NativeTcpSocket.acceptFastOpen(startup.channels().descriptorOf(server), queue);
        }
        return server;
    }
}
