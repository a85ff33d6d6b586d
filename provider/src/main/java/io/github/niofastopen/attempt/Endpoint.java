// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.attempt;

import java.io.IOException;
import java.net.InetSocketAddress;

/**
 * What an attempt asks of the socket that it belongs to, of whatever kind that is. What is asked while a monitor of the
 * attempt's is held says so.
 */
public interface Endpoint {

    boolean isOpen();

    boolean isBlocking();

    /**
     * What a read or a write checks first.
     *
     * @throws IOException if the socket is closed
     * @throws RuntimeException if the application can't know it as connected yet
     */
    void checkConnected() throws IOException;

    /** The exception that a socket of this kind throws when it is closed. */
    IOException closed();

    /** The exception that a write of this kind of socket throws when its output is shut down. */
    IOException outputShut();

    /** The exception of a write that waited while another thread shut the output down. */
    IOException outputShutMeanwhile();

    void close() throws IOException;

    /** The calling thread is going to wait: an interrupt or a close from now on ends that. */
    void beginWait();

    /**
     * The wait is over.
     *
     * @param completed false if the socket was closed meanwhile
     * @throws IOException if it was ended by an interrupt or a close
     */
    void endWait(boolean completed) throws IOException;

    /** Waits until the socket is readable or in error, for {@code nanos} at most; may return early. */
    void parkUntilReadable(long nanos) throws IOException;

    /** Waits until the socket is writable or in error, for {@code nanos} at most; may return early. */
    void parkUntilWritable(long nanos) throws IOException;

    /** Waits for {@code nanos}, whatever the socket is; may return early. An interrupt ends it as it ends the other waits. */
    void nap(long nanos) throws IOException;

    /**
     * Whether a read of the JDK's that begins now will end at a deadline, whatever time has passed before. The caller makes sure
     * that the descriptor is this socket's.
     */
    boolean readsInTime() throws IOException;

    /** The local address that the JDK has stored, or null; it stays after close. Takes no lock of an application's. */
    InetSocketAddress storedLocalAddress();

    /** The descriptor's local address, or null. Called under an attempt's monitor, which keeps the descriptor this socket's. */
    InetSocketAddress localAddressOfDescriptor();

    /** Whether the application has chosen the local port: another connection from there meets what the peer may have of this one. */
    boolean hasChosenPort();

    /** {@code TCP_NODELAY} as the socket has it. */
    boolean isNoDelay() throws IOException;

    void setNoDelay(boolean on) throws IOException;

    /** The descriptor has another local address than the JDK has stored. Called under an attempt's monitor: takes no lock. */
    void relocated(InetSocketAddress now);

    /** The JDK's own shutdown of one direction. */
    void shutDown(HalfClose.Direction direction) throws IOException;

    /** The attempt is over: from now on every call is the JDK's own. */
    void drop();

    /** The last thread that waited without the JDK's knowledge has left a closed socket: gives the descriptor back. */
    void finishClose();
}
