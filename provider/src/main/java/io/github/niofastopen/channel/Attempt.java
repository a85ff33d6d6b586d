package io.github.niofastopen.channel;

import io.github.niofastopen.deferral.Deferral;
import io.github.niofastopen.deferral.DeferralTimer;
import io.github.niofastopen.deferral.Phase;
import io.github.niofastopen.destinations.Destinations;
import io.github.niofastopen.linux.Errno;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One connection attempt of one channel, from connect to the first sign of the peer: its state machine, its window, and
 * the order of those who read and write meanwhile. The channel drops it once nothing more depends on it.
 */
final class Attempt {
    /** One reader and one writer at a time, as the JDK's readLock and writeLock have it. Taken before any other lock. */
    final ReentrantLock readLock = new ReentrantLock();
    final ReentrantLock writeLock = new ReentrantLock();

    private final Deferral deferral;
    private final InetSocketAddress remote;
    private final Destinations destinations;
    private final HalfClose halfClose;
    /** Threads in a wait that the JDK's close doesn't know of. */
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile Future<?> window;

    Attempt(Deferral deferral, InetSocketAddress remote, Destinations destinations) {
        this.deferral = deferral;
        this.remote = remote;
        this.destinations = destinations;
        this.halfClose = new HalfClose(deferral);
    }

    Deferral deferral() {
        return deferral;
    }

    HalfClose halfClose() {
        return halfClose;
    }

    Phase phase() {
        return deferral.phase();
    }

    /** The SYN is held back: sends it without data when {@code millis} have passed and nothing was written. */
    void openWindow(long millis) {
        if (deferral.phase() == Phase.HELD) {
            window = DeferralTimer.after(millis, this::releaseUnwritten);
            if (deferral.phase() != Phase.HELD) {
                closeWindow();
            }
        }
    }

    /** Sends the SYN without data, because no ClientHello can be expected any more. */
    void releaseUnwritten() {
        if (deferral.release()) {
            closeWindow();
            destinations.beganOtherwise(remote);
        }
    }

    /**
     * Sends the SYN with the first flight.
     *
     * @return how many bytes of it were taken
     * @throws IOException if the SYN couldn't leave, as connect would have thrown it
     */
    int sendFirstFlight(byte[] flight) throws IOException {
        int sent = deferral.sendFirstFlight(flight);
        closeWindow();
        if (sent < 0) {
            throw Errno.connectFailure(sent);
        }
        return sent;
    }

    /** @param clientHello whether the first bytes of the connection were a ClientHello of ours */
    void began(boolean clientHello) {
        if (clientHello) {
            destinations.beganWithClientHello(remote);
        } else {
            destinations.beganOtherwise(remote);
        }
    }

    /** The channel is being closed; no native call on its descriptor follows. */
    void close() {
        Phase before = deferral.close(waiting.get() > 0);
        closeWindow();
        if (before == Phase.HELD) {
            destinations.beganOtherwise(remote);
        }
    }

    void enterWait() {
        waiting.incrementAndGet();
    }

    void leaveWait() {
        waiting.decrementAndGet();
    }

    private void closeWindow() {
        Future<?> open = window;
        if (open != null) {
            window = null;
            open.cancel(false);
        }
    }
}
