// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.linux;

import java.net.InetSocketAddress;

/**
 * What is asked of the kernel for one TCP socket. No method blocks but {@link #connect}; a negative result is {@code -errno} (see
 * {@link Errno}). None may be called once the descriptor may have been given back: the caller holds the lock that
 * {@code close} takes first.
 */
public interface TcpSocket {

    /** Whether this is a socket of Multipath TCP, which something under the JVM has made of it. */
    boolean isMultipath();

    /**
     * Sets {@code TCP_FASTOPEN_CONNECT}: where the kernel holds a cookie for the destination, connect(2) returns at once
     * and holds the SYN back for the first bytes that are sent.
     */
    int setFastOpenConnect(boolean on);

    /**
     * Sets {@code TCP_FASTOPEN_NO_COOKIE} (Linux 4.15): the SYN is held back whether there is a cookie or not, and leaves without
     * one, nor asks for one.
     */
    int setFastOpenNoCookie();

    /**
     * Sends bytes; on a socket whose SYN is held back they leave in the SYN.
     *
     * @return how many bytes were taken, which one segment bounds while the SYN is held back
     */
    int send(byte[] bytes, int offset, int length);

    /** Sends the SYN that is held back, without data. {@code -EINPROGRESS} is the answer of one that has left. */
    int sendBareSyn();

    /** {@code TCP_INFO}. */
    TcpInfo info();

    /** The pending error ({@code SO_ERROR}) as {@code -errno}, 0 if there is none. It can be taken once. */
    int takeError();

    /**
     * Drops what ICMP has told of a connection that was being set up. It stays queued over {@link #disconnect}, and each
     * selection ends at once with it, for as long as the descriptor lives (net/ipv4/tcp.c, tcp_poll).
     */
    void dropQueuedErrors();

    /** Undoes connect(2) in whatever state: the same descriptor can connect again, from another port. */
    int disconnect();

    /**
     * connect(2), which returns {@code -EINPROGRESS} once the SYN has left: at once, or, on a descriptor that blocks, after
     * some milliseconds at most.
     */
    int connect(InetSocketAddress remote);

    /** Sets {@code SO_LINGER} to 0: what is still to be sent is dropped when the descriptor is closed. */
    int lingerNot();

    /** Ends the connection's input, which wakes whoever polls the descriptor, and sends nothing. */
    int shutDown();
}
