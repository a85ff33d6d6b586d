// SPDX-License-Identifier: Apache-2.0
package java.net;

import java.io.FileDescriptor;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Set;
import java.util.function.UnaryOperator;
import sun.net.PlatformSocketImpl;
import sun.nio.ch.NioSocketImpl;

/**
 * Stands between {@link Socket}, whose class file is changed to call it, and the JDK's own {@link NioSocketImpl}, to which it
 * leaves everything that a subclass doesn't take. It holds no logic and no state but the one that it leaves everything to.
 * A {@link PlatformSocketImpl}, since {@code ServerSocket.ensureCompatible} takes no other where it accepts by itself.
 *
 * <p>Its package is exported to all, so it can be {@link #use used} by the first who asks alone.
 */
public abstract class SocketImplBridge extends SocketImpl implements PlatformSocketImpl {
    private static volatile UnaryOperator<SocketImpl> inUse;

    private final SocketImpl jdk;

    /** @param jdk the JDK's, as new */
    protected SocketImplBridge(SocketImpl jdk) {
        this.jdk = jdk;
    }

    /**
     * From now on sockets have what this makes of the JDK's.
     *
     * @throws IllegalStateException if they have already
     */
    public static synchronized void use(UnaryOperator<SocketImpl> maker) {
        if (inUse != null) {
            throw new IllegalStateException("in use");
        }
        inUse = maker;
    }

    /** In place of SocketImpl.createPlatformSocketImpl, by Socket. */
    static SocketImpl createPlatformSocketImpl(boolean server) {
        SocketImpl jdk = SocketImpl.createPlatformSocketImpl(server);
        UnaryOperator<SocketImpl> maker = inUse;
        return maker != null && !server && jdk instanceof NioSocketImpl ? maker.apply(jdk) : jdk;
    }

    /** The descriptor, or null if there is none yet. It keeps its number when it is closed. */
    protected final FileDescriptor descriptor() {
        return jdk.getFileDescriptor();
    }

    /** Tells the JDK of another local port. */
    protected final void setLocalPort(int port) {
        jdk.localport = port;
    }

    @Override
    protected FileDescriptor getFileDescriptor() {
        return jdk.getFileDescriptor();
    }

    @Override
    protected InetAddress getInetAddress() {
        return jdk.getInetAddress();
    }

    @Override
    protected int getPort() {
        return jdk.getPort();
    }

    @Override
    protected int getLocalPort() {
        return jdk.getLocalPort();
    }

    @Override
    protected void create(boolean stream) throws IOException {
        jdk.create(stream);
    }

    @Override
    protected void connect(String host, int port) throws IOException {
        connect(new InetSocketAddress(host, port), 0);
    }

    @Override
    protected void connect(InetAddress address, int port) throws IOException {
        connect(new InetSocketAddress(address, port), 0);
    }

    @Override
    protected void connect(SocketAddress address, int timeout) throws IOException {
        jdk.connect(address, timeout);
    }

    @Override
    protected void bind(InetAddress host, int port) throws IOException {
        jdk.bind(host, port);
    }

    @Override
    protected void listen(int backlog) throws IOException {
        jdk.listen(backlog);
    }

    @Override
    protected void accept(SocketImpl accepted) throws IOException {
        jdk.accept(accepted);
    }

    @Override
    protected InputStream getInputStream() throws IOException {
        return jdk.getInputStream();
    }

    @Override
    protected OutputStream getOutputStream() throws IOException {
        return jdk.getOutputStream();
    }

    @Override
    protected int available() throws IOException {
        return jdk.available();
    }

    @Override
    protected void close() throws IOException {
        jdk.close();
    }

    @Override
    protected void shutdownInput() throws IOException {
        jdk.shutdownInput();
    }

    @Override
    protected void shutdownOutput() throws IOException {
        jdk.shutdownOutput();
    }

    @Override
    protected boolean supportsUrgentData() {
        return jdk.supportsUrgentData();
    }

    @Override
    protected void sendUrgentData(int data) throws IOException {
        jdk.sendUrgentData(data);
    }

    @Override
    protected void setPerformancePreferences(int connectionTime, int latency, int bandwidth) {
        jdk.setPerformancePreferences(connectionTime, latency, bandwidth);
    }

    @Override
    protected Set<SocketOption<?>> supportedOptions() {
        return jdk.supportedOptions();
    }

    @Override
    protected <T> void setOption(SocketOption<T> name, T value) throws IOException {
        jdk.setOption(name, value);
    }

    @Override
    protected <T> T getOption(SocketOption<T> name) throws IOException {
        return jdk.getOption(name);
    }

    @Override
    public void setOption(int name, Object value) throws SocketException {
        jdk.setOption(name, value);
    }

    @Override
    public Object getOption(int name) throws SocketException {
        return jdk.getOption(name);
    }

    @Override
    void copyOptionsTo(SocketImpl target) {
        jdk.copyOptionsTo(target);
    }

    @Override
    void reset() {
        jdk.reset();
    }

    @Override
    public String toString() {
        return jdk.toString();
    }
}
