// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.attempt;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A socket around an attempt that is open, connected and waits for nothing, unless a test says otherwise. */
class FakeEndpoint implements Endpoint {
    static final InetSocketAddress LOCAL = new InetSocketAddress("127.0.0.1", 40_000);

    /** The attempt around which this is, for what must not be held when it calls. */
    volatile Attempt attempt;
    final List<String> calledUnderAMonitor = new CopyOnWriteArrayList<>();
    final AtomicInteger closesFinished = new AtomicInteger();
    final AtomicInteger naps = new AtomicInteger();
    final AtomicInteger waitsForWritable = new AtomicInteger();
    final List<HalfClose.Direction> shutDown = new CopyOnWriteArrayList<>();
    volatile boolean open = true;
    volatile boolean blocking = true;
    volatile boolean dropped;
    volatile boolean portChosen;
    volatile boolean readsInTime = true;
    volatile InetSocketAddress stored = LOCAL;
    volatile InetSocketAddress ofDescriptor = LOCAL;
    volatile InetSocketAddress relocated;
    volatile boolean noDelay;
    /** What happens while a thread waits; returns early by default, as it may. */
    volatile Runnable whileParked = () -> { };

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public boolean isBlocking() {
        return blocking;
    }

    private void called(String method) {
        Attempt current = attempt;
        if (current != null && current.holdsMonitor()) {
            calledUnderAMonitor.add(method);
        }
    }

    @Override
    public void close() {
        called("close");
        open = false;
    }

    @Override
    public void checkConnected() {
        // As far as it knows.
    }

    @Override
    public IOException closed() {
        return new SocketException("closed");
    }

    @Override
    public IOException outputShut() {
        return new SocketException("shut");
    }

    @Override
    public IOException outputShutMeanwhile() {
        return new SocketException("shut meanwhile");
    }

    @Override
    public boolean readsInTime() {
        called("readsInTime");
        return readsInTime;
    }

    @Override
    public void beginWait() {
        called("beginWait");
        // Nobody interrupts.
    }

    @Override
    public void endWait(boolean completed) throws IOException {
        called("endWait");
        if (!completed && !open) {
            throw new SocketException("closed meanwhile");
        }
    }

    @Override
    public void parkUntilReadable(long nanos) {
        called("parkUntilReadable");
        whileParked.run();
    }

    @Override
    public void parkUntilWritable(long nanos) {
        called("parkUntilWritable");
        waitsForWritable.incrementAndGet();
        whileParked.run();
    }

    @Override
    public void nap(long nanos) {
        called("nap");
        naps.incrementAndGet();
        whileParked.run();
    }

    @Override
    public InetSocketAddress storedLocalAddress() {
        return stored;
    }

    @Override
    public InetSocketAddress localAddressOfDescriptor() {
        return ofDescriptor;
    }

    @Override
    public boolean hasChosenPort() {
        return portChosen;
    }

    @Override
    public boolean isNoDelay() throws IOException {
        checkOpen();
        return noDelay;
    }

    @Override
    public void setNoDelay(boolean on) throws IOException {
        checkOpen();
        noDelay = on;
    }

    private void checkOpen() throws IOException {
        if (!open) {
            throw closed();
        }
    }

    @Override
    public void relocated(InetSocketAddress now) {
        relocated = now;
    }

    @Override
    public void shutDown(HalfClose.Direction direction) {
        called("shutDown");
        shutDown.add(direction);
    }

    @Override
    public void drop() {
        called("drop");
        dropped = true;
    }

    @Override
    public void finishClose() {
        called("finishClose");
        closesFinished.incrementAndGet();
    }
}
