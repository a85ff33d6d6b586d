// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.attempt;

import io.github.niofastopen.tls.ClientHello;
import io.github.niofastopen.tls.RecordHeaders;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * {@code TCP_NODELAY} of a connection that begins with a ClientHello, and whose application leaves it off: it is on from there
 * until the peer has acknowledged the first application data, or the end of the handshake before that is written. Otherwise
 * Nagle's algorithm (RFC 9293, 3.7.4) holds a request back until the Finished message that went before it is acknowledged, a
 * round trip later. As long as it is on, the application's own value is that it is off.
 *
 * <p>When the end has come is told by the outer headers of the records and by the kernel's count of what isn't acknowledged: a
 * write for which nothing is left to wait is what it would have been without this.
 */
public final class NoDelay {
    /** So much may leave after the handshake before it ends in any case: more than the first congestion window (RFC 6928). */
    private static final int MOST_BYTES = 1 << 14;

    private enum State {
        /** Nothing was written: the socket is as the application has set it. */
        UNWRITTEN,
        /** On; a ClientHello was written. */
        HANDSHAKE,
        /** On; the handshake's last messages were written, or application data. */
        APPLICATION_DATA,
        /** The socket is as the application has set it, for good. */
        OVER
    }

    private final Endpoint endpoint;
    private final Deferral deferral;
    /** Of the writer's alone, as is the next. */
    private final RecordHeaders records = new RecordHeaders();
    private long written;
    /** Changed under the monitor, under which the JDK's calls for the option are made: they take its stateLock. */
    private volatile State state = State.UNWRITTEN;

    NoDelay(Endpoint endpoint, Deferral deferral) {
        this.endpoint = endpoint;
        this.deferral = deferral;
    }

    // -- what the connection does

    /** Something is about to be written, if no more than before. */
    void beforeWrite(ByteBuffer[] srcs, int offset, int length) {
        if (state == State.UNWRITTEN) {
            begin(ClientHello.beginsIn(srcs, offset, length));
        } else {
            endIfAcknowledged();
        }
    }

    /** @param views what was to be written, of which a part may have been */
    void afterWrite(ByteBuffer[] views, long count) {
        if (!isOn()) {
            return;
        }
        follow(views, count);
        if (records.mayHaveFinished()) {
            written += count;
            advance();
        }
        if (records.areForeign() || written > MOST_BYTES) {
            end();
        }
    }

    private void follow(ByteBuffer[] views, long count) {
        long left = count;
        for (int i = 0; left > 0; i++) {
            int part = (int) Math.min(left, views[i].remaining());
            records.follow(views[i].limit(views[i].position() + part));
            left -= part;
        }
    }

    /** Something was read: it may have acknowledged what was written. */
    void afterRead() {
        endIfAcknowledged();
    }

    private void endIfAcknowledged() {
        if (state == State.APPLICATION_DATA && !deferral.hasUnacknowledged()) {
            end();
        }
    }

    /** Whether the connection is still looked at for this. */
    boolean isOn() {
        return state == State.HANDSHAKE || state == State.APPLICATION_DATA;
    }

    private synchronized void begin(boolean clientHello) {
        state = State.OVER;
        try {
            if (clientHello && !endpoint.isNoDelay()) {
                endpoint.setNoDelay(true);
                state = State.HANDSHAKE;
            }
        } catch (IOException e) {
            // Closed meanwhile, which the write will find.
        }
    }

    private synchronized void advance() {
        if (state == State.HANDSHAKE) {
            state = State.APPLICATION_DATA;
        }
    }

    private synchronized void end() {
        if (!isOn()) {
            return;
        }
        try {
            endpoint.setNoDelay(false);
        } catch (IOException e) {
            // Closed meanwhile.
        }
        state = State.OVER;
    }

    // -- what the application asks and says

    /** Whether the option is to be asked here. */
    public boolean isInCharge() {
        return state != State.OVER;
    }

    /** The application's own value. */
    public synchronized boolean get() throws IOException {
        boolean now = endpoint.isNoDelay();
        return now && !isOn();
    }

    /** Set by the application: on at once and for good, off when the time has come. */
    public synchronized void set(boolean on) throws IOException {
        endpoint.setNoDelay(on || isOn());
        if (on) {
            state = State.OVER;
        }
    }
}
