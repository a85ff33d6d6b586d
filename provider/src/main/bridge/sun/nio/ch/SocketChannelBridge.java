package sun.nio.ch;

import java.io.FileDescriptor;
import java.io.IOException;
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
        beforeUnseenWrite();
        return super.sendOutOfBandData(urgent);
    }

    /** FileChannelImpl's sendfile(2) takes the descriptor from here. */
    @Override
    public FileDescriptor getFD() {
        beforeUnseenWrite();
        return super.getFD();
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

    /** The descriptor may be about to be written to by something that doesn't pass through {@code write}. */
    protected abstract void beforeUnseenWrite();

    /** Waits until the socket is readable or in error, for {@code nanos} at most; may return early. */
    protected final void parkUntilReadable(long nanos) throws IOException {
        park(Net.POLLIN, nanos);
    }

    /** Waits until the socket is writable or in error, for {@code nanos} at most; may return early. */
    protected final void parkUntilWritable(long nanos) throws IOException {
        park(Net.POLLOUT, nanos);
    }
}
