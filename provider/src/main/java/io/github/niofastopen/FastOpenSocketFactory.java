// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.SelectorProvider;
import javax.net.SocketFactory;

/**
 * Brings TCP Fast Open to libraries that use {@link Socket} and accept a {@link SocketFactory}, as an object or as the name
 * of a class: its sockets are those of this provider's channels.
 *
 * <p>They are the JDK's plain ones where the agent is there, with which those gain by themselves, where the JVM runs without the
 * switch, or the provider is off, and where a SOCKS proxy
 * applies: where the default {@link java.net.ProxySelector}, which by default goes by the system property
 * {@code socksProxyHost}, names one for the destination. {@link #createSocket()} doesn't know the destination; its sockets are
 * the JDK's where {@code socksProxyHost} is set, and where the application has set a selector of its own. It is when the socket
 * is created that this is decided, not when it connects.
 *
 * <p>A socket of a channel differs from a plain one in this:
 * <ul>
 * <li>a thread that is interrupted while it reads, writes or connects closes it, and gets a
 *     {@link java.nio.channels.ClosedByInterruptException};
 * <li>{@link Socket#getChannel} returns its channel;
 * <li>it isn't made by the factory that {@link Socket#setSocketImplFactory} has set;
 * <li>a connection that was deferred differs as that of any channel of this provider: a peer that is dead or refuses is
 *     reported by the first read or write.
 * </ul>
 */
public final class FastOpenSocketFactory extends SocketFactory {
    private static final FastOpenSocketFactory INSTANCE = new FastOpenSocketFactory();

    /** For libraries that create it by its name. */
    public FastOpenSocketFactory() {
    }

    /** The factory, for libraries that ask a class of theirs for its default as they would {@link SocketFactory}. */
    public static SocketFactory getDefault() {
        return INSTANCE;
    }

    @Override
    public Socket createSocket() throws IOException {
        return isActive() && !SocksProxies.mayApply() ? SocketChannel.open().socket() : new Socket();
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return connected(null, new InetSocketAddress(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return connected(null, new InetSocketAddress(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
        return connected(new InetSocketAddress(localHost, localPort), new InetSocketAddress(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort) throws IOException {
        return connected(new InetSocketAddress(localHost, localPort), new InetSocketAddress(host, port));
    }

    private Socket connected(SocketAddress local, InetSocketAddress remote) throws IOException {
        Socket socket = isActive() && !SocksProxies.applyTo(remote) ? SocketChannel.open().socket() : new Socket();
        try {
            if (local != null) {
                socket.bind(local);
            }
            socket.connect(remote);
            return socket;
        } catch (IOException | RuntimeException e) {
            try {
                socket.close();
            } catch (IOException notClosed) {
                e.addSuppressed(notClosed);
            }
            throw e;
        }
    }

    private static boolean isActive() {
        return !BlockingSockets.areOurs() && SelectorProvider.provider() instanceof FastOpenSelectorProvider provider && provider.isActive();
    }
}
