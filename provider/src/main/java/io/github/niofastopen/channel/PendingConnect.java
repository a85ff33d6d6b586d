// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.channel;

import io.github.niofastopen.attempt.Attempt;
import io.github.niofastopen.attempt.Attempts;
import io.github.niofastopen.attempt.Endpoint;
import io.github.niofastopen.attempt.HalfClose;
import io.github.niofastopen.destinations.Verdict;
import io.github.niofastopen.linux.NativeTcpSocket;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.locks.LockSupport;

/**
 * A channel's attempt, and what the application is told of it. In a non-blocking deferred connect the JDK's own state is
 * "connected" while the application is still to see "connection pending".
 */
final class PendingConnect implements Endpoint {

    /** What the application sees; it changes in this order, and may skip one. */
    private enum Shown {
        /** A pending connection, whatever the JDK's own state is. */
        PENDING,
        /** The same, but a selector has shown that the connect can be finished: finishConnect must not say otherwise any more. */
        READY,
        /** The JDK's own state. */
        AS_IT_IS
    }

    private final FastOpenSocketChannel channel;
    private final Attempt attempt;
    /** Written under this object's monitor, under which nothing is called. */
    private volatile Shown shown;

    PendingConnect(FastOpenSocketChannel channel, Attempts attempts, InetSocketAddress remote, Verdict verdict) {
        this.channel = channel;
        this.shown = verdict == Verdict.TRY && !channel.isBlocking() ? Shown.PENDING : Shown.AS_IT_IS;
        this.attempt = new Attempt(attempts, this, new NativeTcpSocket(channel.getFDVal()), remote, verdict);
    }

    Attempt attempt() {
        return attempt;
    }

    /** Whether the application sees a pending connection where the JDK's own state is "connected". */
    boolean isConcealed() {
        return shown != Shown.AS_IT_IS;
    }

    /** The application sees the JDK's own state from now on: finishConnect tells that there is a connection, or there is nothing to hide. */
    synchronized void reveal() {
        shown = Shown.AS_IT_IS;
    }

    /** A selector shows that the connect can be finished. */
    synchronized void announce() {
        if (shown == Shown.PENDING) {
            shown = Shown.READY;
        }
    }

    boolean isAnnounced() {
        return shown == Shown.READY;
    }

    // -- the channel as an endpoint

    @Override
    public boolean isOpen() {
        return channel.isOpen();
    }

    @Override
    public boolean isBlocking() {
        return channel.isBlocking();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    @Override
    public void checkConnected() throws IOException {
        channel.checkConnected();
    }

    @Override
    public IOException closed() {
        return new ClosedChannelException();
    }

    @Override
    public IOException outputShut() {
        return closed();
    }

    @Override
    public IOException outputShutMeanwhile() {
        return new AsynchronousCloseException();
    }

    @Override
    public void beginWait() {
        channel.beginWait();
    }

    @Override
    public void endWait(boolean completed) throws IOException {
        channel.endWait(completed);
    }

    @Override
    public void parkUntilReadable(long nanos) throws IOException {
        channel.waitUntilReadable(nanos);
    }

    @Override
    public void parkUntilWritable(long nanos) throws IOException {
        channel.waitUntilWritable(nanos);
    }

    @Override
    public void nap(long nanos) {
        LockSupport.parkNanos(nanos);
    }

    @Override
    public boolean readsInTime() {
        return true;
    }

    @Override
    public InetSocketAddress storedLocalAddress() {
        return channel.addressStoredByTheJdk();
    }

    @Override
    public InetSocketAddress localAddressOfDescriptor() {
        return channel.addressOfDescriptor();
    }

    @Override
    public boolean hasChosenPort() {
        return channel.hasChosenPort();
    }

    @Override
    public boolean isNoDelay() throws IOException {
        return channel.isNoDelay();
    }

    @Override
    public void setNoDelay(boolean on) throws IOException {
        channel.setNoDelay(on);
    }

    @Override
    public void relocated(InetSocketAddress now) {
        channel.relocated(now);
    }

    @Override
    public void shutDown(HalfClose.Direction direction) throws IOException {
        channel.shutDownNow(direction);
    }

    @Override
    public void drop() {
        channel.drop(this);
    }

    @Override
    public void finishClose() {
        channel.finishClose();
    }
}
