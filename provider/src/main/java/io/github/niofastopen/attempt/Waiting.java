// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.attempt;

import java.util.ArrayList;
import java.util.List;

/**
 * The threads that wait for a socket's peer without the JDK's knowledge. Its close would give the descriptor back under
 * them. A virtual thread's wait is known by the descriptor's number (sun.nio.ch.Poller): when it ends, it would take away
 * the wait of whoever has got that number meanwhile.
 *
 * <p>So whoever leaves last finishes a close, as in the JDK (SocketChannelImpl.endRead), and a close waits for
 * nobody: its caller may hold locks that a virtual thread is pinned by.
 */
final class Waiting {

    private enum State {
        /** Threads may enter. */
        ADMITTING,
        /** The socket is closed, and its last waiter is to finish that. */
        CLOSING,
        /** Nobody is inside, or will be. */
        OVER
    }

    // -- Protected by this object's monitor, under which nothing is called

    private final List<Thread> inside = new ArrayList<>(2);
    private State state = State.ADMITTING;

    /** @return whether the calling thread is inside now, and is to {@link #leave}; if not, there is nothing to wait for */
    synchronized boolean enter() {
        return state == State.ADMITTING && inside.add(Thread.currentThread());
    }

    /** @return whether the calling thread is to finish the close */
    synchronized boolean leave() {
        inside.remove(Thread.currentThread());
        return state == State.CLOSING && endIfNobodyIsInside();
    }

    synchronized boolean any() {
        return !inside.isEmpty();
    }

    synchronized boolean includeThisThread() {
        return inside.contains(Thread.currentThread());
    }

    /**
     * The socket has been closed.
     *
     * @return whether the calling thread is to finish that; otherwise the last waiter will
     */
    synchronized boolean close() {
        state = State.CLOSING;
        return endIfNobodyIsInside();
    }

    /** @return whether nobody is inside, nor can enter from now on */
    synchronized boolean endIfNobodyIsInside() {
        if (inside.isEmpty()) {
            state = State.OVER;
        }
        return state == State.OVER;
    }
}
