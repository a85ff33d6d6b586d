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
 * <p>The JDK makes one instance, inside the initialiser of a class of its own: nothing is done there. Everything begins when
 * the first channel or selector is opened.
 */
public final class FastOpenSelectorProvider extends SelectorProvider {
    /** Set by whichever threads are first, all to the same. */
    private Startup startup;

    /** Does nothing yet. */
    public FastOpenSelectorProvider() {
    }

    /**
     * Loads the native library and opens the way into the JDK, the first time that it is called.
     *
     * @throws java.util.ServiceConfigurationError if not even the JDK's provider can be reached; the message names what helps
     */
    private Startup startup() {
        Startup begun = startup;
        if (begun == null) {
            begun = begin();
            startup = begun;
        }
        return begun;
    }

    static Startup begin() {
        try {
            return PrivilegedStart.once();
        } catch (NoClassDefFoundError e) {
            return Startup.once();
        }
    }

    /** What there is to say is said with the first that is opened. */
    private Startup reported() {
        Startup begun = startup();
        begun.reportOnce();
        return begun;
    }

    @Override
    public SocketChannel openSocketChannel() throws IOException {
        Startup begun = reported();
        return begun.isActive() ? begun.channels().openSocketChannel(this) : begun.jdkProvider().openSocketChannel();
    }

    @Override
    public SocketChannel openSocketChannel(ProtocolFamily family) throws IOException {
        Startup begun = reported();
        boolean tcp = family == StandardProtocolFamily.INET || family == StandardProtocolFamily.INET6;
        return tcp && begun.isActive()
            ? begun.channels().openSocketChannel(this, family)
            : begun.jdkProvider().openSocketChannel(family);
    }

    @Override
    public ServerSocketChannel openServerSocketChannel() throws IOException {
        return acceptingFastOpen(reported().jdkProvider().openServerSocketChannel());
    }

    @Override
    public ServerSocketChannel openServerSocketChannel(ProtocolFamily family) throws IOException {
        ServerSocketChannel server = reported().jdkProvider().openServerSocketChannel(family);
        return family == StandardProtocolFamily.UNIX ? server : acceptingFastOpen(server);
    }

    @Override
    public DatagramChannel openDatagramChannel() throws IOException {
        return startup().jdkProvider().openDatagramChannel();
    }

    @Override
    public DatagramChannel openDatagramChannel(ProtocolFamily family) throws IOException {
        return startup().jdkProvider().openDatagramChannel(family);
    }

    @Override
    public Pipe openPipe() throws IOException {
        return startup().jdkProvider().openPipe();
    }

    @Override
    public AbstractSelector openSelector() throws IOException {
        return reported().jdkProvider().openSelector();
    }

    @Override
    public Channel inheritedChannel() throws IOException {
        return startup().jdkProvider().inheritedChannel();
    }

    /** Whether socket channels are this provider's. */
    boolean isActive() {
        return startup().isActive();
    }

    /** A kernel that refuses the option leaves the server as it is: it then serves without Fast Open. */
    private ServerSocketChannel acceptingFastOpen(ServerSocketChannel server) {
        int queue = startup().configuration().serverQueue();
        if (queue > 0 && startup().isActive()) {
            NativeTcpSocket.acceptFastOpen(startup().channels().descriptorOf(server), queue);
        }
        return server;
    }
}
