// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.socket;

import io.github.niofastopen.attempt.Attempt;
import io.github.niofastopen.attempt.Attempts;
import io.github.niofastopen.attempt.Endpoint;
import io.github.niofastopen.attempt.HalfClose;
import io.github.niofastopen.destinations.Verdict;
import io.github.niofastopen.linux.NativeTcpSocket;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketException;

/**
 * A socket's attempt, and the socket as what its attempt belongs to. As long as this can be reached, so can the socket: its
 * cleaner would give the descriptor back.
 */
final class SocketEndpoint implements Endpoint {
    private final FastOpenSocketImpl socket;
    private final Descriptor descriptor;
    private final Attempt attempt;
    /** As far as it was known when the connection was there, or when it last got another. */
    private volatile InetSocketAddress local;

    SocketEndpoint(FastOpenSocketImpl socket, Descriptor descriptor, Attempts attempts, InetSocketAddress remote, Verdict verdict) {
        this.socket = socket;
        this.descriptor = descriptor;
        this.local = socket.boundAddress();
        this.attempt = new Attempt(attempts, this, new NativeTcpSocket(descriptor.getFDVal()), remote, verdict);
    }

    Attempt attempt() {
        return attempt;
    }

    Descriptor descriptor() {
        return descriptor;
    }

    /** The kernel has chosen an address. @param chosen null if the socket is closed */
    void bound(InetSocketAddress chosen) {
        local = chosen;
    }

    // -- the socket as an endpoint

    @Override
    public boolean isOpen() {
        return socket.isOpen();
    }

    @Override
    public boolean isBlocking() {
        return true;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    @Override
    public void checkConnected() throws IOException {
        if (!socket.isOpen()) {
            throw closed();
        }
    }

    @Override
    public IOException closed() {
        return new SocketException("Socket closed");
    }

    @Override
    public IOException outputShut() {
        // As write(2) has it.
        return new SocketException("Broken pipe");
    }

    @Override
    public IOException outputShutMeanwhile() {
        return outputShut();
    }

    /** Nothing: a wait is ended by a close, which shuts the descriptor down, and by the interrupt of a virtual thread. */
    @Override
    public void beginWait() {
        // See above.
    }

    @Override
    public void endWait(boolean completed) throws IOException {
        if (!completed) {
            // As AbstractInterruptibleChannel.end: what hasn't come to its end may have been closed, or not.
            checkConnected();
        }
    }

    @Override
    public void parkUntilReadable(long nanos) throws IOException {
        descriptor.parkUntilReadable(nanos);
    }

    @Override
    public void parkUntilWritable(long nanos) throws IOException {
        descriptor.parkUntilWritable(nanos);
    }

    @Override
    public void nap(long nanos) throws IOException {
        descriptor.nap(nanos);
    }

    /** A read of NioSocketImpl's would begin the time of SO_TIMEOUT anew. */
    @Override
    public boolean readsInTime() throws IOException {
        return descriptor.isReadable();
    }

    @Override
    public InetSocketAddress storedLocalAddress() {
        return local;
    }

    @Override
    public InetSocketAddress localAddressOfDescriptor() {
        return descriptor.localAddress();
    }

    @Override
    public boolean hasChosenPort() {
        return socket.hasChosenPort();
    }

    @Override
    public boolean isNoDelay() throws IOException {
        return socket.isNoDelay();
    }

    @Override
    public void setNoDelay(boolean on) throws IOException {
        socket.setNoDelay(on);
    }

    @Override
    public void relocated(InetSocketAddress now) {
        local = now;
        socket.relocated(now.getPort());
    }

    @Override
    public void shutDown(HalfClose.Direction direction) throws IOException {
        socket.shutDownNow(direction);
    }

    @Override
    public void drop() {
        socket.drop(this);
    }

    @Override
    public void finishClose() {
        socket.finishClose();
    }
}
