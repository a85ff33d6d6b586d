// SPDX-License-Identifier: Apache-2.0
package sun.nio.ch;

import java.io.FileDescriptor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.nio.channels.spi.SelectorProvider;

/**
 * Makes the package-private {@link SocketChannelImpl} a class that can be extended from outside this package: its
 * constructors, the methods that the socket adaptor calls, and the descriptor. It holds no logic and no state. Compiled
 * against JDK 17, it links on every later JDK whose {@code SocketChannelImpl} still has these members.
 */
public abstract class SocketChannelBridge extends SocketChannelImpl {

    protected SocketChannelBridge(SelectorProvider provider) throws IOException {
        super(provider);
    }

    protected SocketChannelBridge(SelectorProvider provider, ProtocolFamily family) throws IOException {
        super(provider, family);
    }

    @Override
    void blockingConnect(SocketAddress remote, long nanos) throws IOException {
        adaptorConnect(remote, nanos);
    }

    @Override
    int blockingRead(byte[] bytes, int offset, int length, long nanos) throws IOException {
        return adaptorRead(bytes, offset, length, nanos);
    }

    @Override
    void blockingWriteFully(byte[] bytes, int offset, int length) throws IOException {
        adaptorWrite(bytes, offset, length);
    }

    @Override
    int sendOutOfBandData(byte urgent) throws IOException {
        return takesUrgentWrite() ? super.sendOutOfBandData(urgent) : 0;
    }

    @Override
    boolean isInputOpen() {
        return super.isInputOpen() && !isInputToBeShut();
    }

    @Override
    boolean isOutputOpen() {
        return super.isOutputOpen() && !isOutputToBeShut();
    }

    /** FileChannelImpl's sendfile(2) takes the descriptor from here. */
    @Override
    public FileDescriptor getFD() {
        return forUnseenWrite(super.getFD());
    }

    @Override
    SocketAddress localAddress() {
        return localAddress(super.localAddress());
    }

    @Override
    public SocketAddress getLocalAddress() throws IOException {
        return localAddress(super.getLocalAddress());
    }

    @Override
    public void park(int event, long nanos) throws IOException {
        if (event != Net.POLLOUT || !parkWhileConnecting(nanos)) {
            super.park(event, nanos);
        }
    }

    @Override
    public boolean translateReadyOps(int ops, int initialOps, SelectionKeyImpl key) {
        if (isReady()) {
            return super.translateReadyOps(ops, initialOps, key);
        }
        key.nioReadyOps(initialOps);
        return false;
    }

    /** {@code socket().connect}: {@code nanos} is the timeout in ns, {@code Long.MAX_VALUE} for none. */
    protected void adaptorConnect(SocketAddress remote, long nanos) throws IOException {
        super.blockingConnect(remote, nanos);
    }

    /** {@code socket().getInputStream().read}: {@code nanos} is the timeout in ns, 0 for none. */
    protected int adaptorRead(byte[] bytes, int offset, int length, long nanos) throws IOException {
        return super.blockingRead(bytes, offset, length, nanos);
    }

    /** {@code socket().getOutputStream().write}. */
    protected void adaptorWrite(byte[] bytes, int offset, int length) throws IOException {
        super.blockingWriteFully(bytes, offset, length);
    }

    /** The local address that the JDK has stored, or null; it stays after close. */
    protected final InetSocketAddress storedLocalAddress() {
        return (InetSocketAddress) super.localAddress();
    }

    /** Whether shutdownInput was called, and is still to be carried out. */
    protected abstract boolean isInputToBeShut();

    /** Whether shutdownOutput was called, and is still to be carried out. */
    protected abstract boolean isOutputToBeShut();

    /** {@code socket().sendUrgentData} is about to write: whether there is room for it now. */
    protected abstract boolean takesUrgentWrite() throws IOException;

    /** The descriptor may be about to be written to by something that doesn't pass through {@code write}: tells which to use. */
    protected abstract FileDescriptor forUnseenWrite(FileDescriptor descriptor);

    /** The local address to tell, given the one that the JDK has stored; both may be null. */
    protected abstract SocketAddress localAddress(SocketAddress stored);

    /**
     * The JDK's connect waits for the connection, for {@code nanos} at most, or without limit if that isn't positive.
     *
     * @return whether that was done; otherwise the JDK waits
     */
    protected abstract boolean parkWhileConnecting(long nanos) throws IOException;

    /** A selector has found an event: whether the application is to see it. */
    protected abstract boolean isReady();

    /** The local address that the descriptor has now, or null. The caller makes sure that the descriptor is this channel's. */
    protected final InetSocketAddress localAddressOfDescriptor() {
        try {
            return Net.localAddress(super.getFD());
        } catch (IOException e) {
            return null;
        }
    }

    /** Whether a descriptor is readable or in error now. The caller makes sure that it is open. */
    public static boolean isReadable(FileDescriptor descriptor) throws IOException {
        return Net.poll(descriptor, Net.POLLIN, 0) != 0;
    }

    /** Waits until the socket is readable or in error, for {@code nanos} at most; may return early. */
    protected final void parkUntilReadable(long nanos) throws IOException {
        super.park(Net.POLLIN, nanos);
    }

    /** Waits until the socket is writable or in error, for {@code nanos} at most; may return early. */
    protected final void parkUntilWritable(long nanos) throws IOException {
        super.park(Net.POLLOUT, nanos);
    }
}
