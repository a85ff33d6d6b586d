// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.socket;

import io.github.niofastopen.attempt.VirtualThreads;
import java.io.FileDescriptor;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.util.concurrent.locks.LockSupport;
import sun.nio.ch.IOUtil;
import sun.nio.ch.Net;
import sun.nio.ch.SelChImpl;
import sun.nio.ch.SelectionKeyImpl;
import sun.nio.ch.SocketChannelBridge;

/**
 * The descriptor of a socket, on which threads of each kind wait as on a channel's. It is never registered with a selector.
 * Who uses it makes sure that it is still this socket's.
 */
final class Descriptor implements SelChImpl {
    private final FastOpenSocketImpl socket;
    private final FileDescriptor descriptor;

    Descriptor(FastOpenSocketImpl socket, FileDescriptor descriptor) {
        this.socket = socket;
        this.descriptor = descriptor;
    }

    void parkUntilReadable(long nanos) throws IOException {
        park(Net.POLLIN, nanos);
        checkInterrupt();
    }

    void parkUntilWritable(long nanos) throws IOException {
        park(Net.POLLOUT, nanos);
        checkInterrupt();
    }

    void nap(long nanos) throws IOException {
        LockSupport.parkNanos(nanos);
        checkInterrupt();
    }

    /** As NioSocketImpl.park: threads that aren't virtual wait on. */
    private static void checkInterrupt() throws InterruptedIOException {
        if (Thread.currentThread().isInterrupted() && VirtualThreads.areCurrent()) {
            throw new InterruptedIOException();
        }
    }

    /** Whether a read would return at once. */
    boolean isReadable() throws IOException {
        return SocketChannelBridge.isReadable(descriptor);
    }

    void setBlocking(boolean blocking) throws IOException {
        IOUtil.configureBlocking(descriptor, blocking);
    }

    /** The local address, or null. */
    InetSocketAddress localAddress() {
        try {
            return Net.localAddress(descriptor);
        } catch (IOException e) {
            return null;
        }
    }

    // -- for the JDK, where a thread waits

    @Override
    public FileDescriptor getFD() {
        return descriptor;
    }

    @Override
    public int getFDVal() {
        return IOUtil.fdVal(descriptor);
    }

    @Override
    public boolean isOpen() {
        return socket.isOpen();
    }

    // -- not called

    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void kill() {
        throw new UnsupportedOperationException();
    }

    @Override
    public int translateInterestOps(int ops) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean translateAndUpdateReadyOps(int ops, SelectionKeyImpl key) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean translateAndSetReadyOps(int ops, SelectionKeyImpl key) {
        throw new UnsupportedOperationException();
    }
}
