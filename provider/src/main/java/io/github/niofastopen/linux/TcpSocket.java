package io.github.niofastopen.linux;

/**
 * What is asked of the kernel for one TCP socket. Each method is one system call that never blocks; a negative result is
 * {@code -errno} (see {@link Errno}). None may be called once the descriptor may have been given back: the caller holds
 * the lock that {@code close} takes first.
 */
public interface TcpSocket {

    /** {@code tcpi_state} of a socket that is connected (include/net/tcp_states.h). */
    int STATE_ESTABLISHED = 1;
    /** {@code tcpi_state} of a socket whose SYN is held back or not yet answered. */
    int STATE_SYN_SENT = 2;
    /** {@code tcpi_state} of a socket without a connection: not connected yet, or given up. */
    int STATE_CLOSE = 7;

    /**
     * Sets {@code TCP_FASTOPEN_CONNECT}: where the kernel holds a cookie for the destination, connect(2) returns at once
     * and holds the SYN back for the first bytes that are sent.
     */
    int setFastOpenConnect(boolean on);

    /**
     * Sends bytes; on a socket whose SYN is held back they leave in the SYN.
     *
     * @return how many bytes were taken, which one segment bounds while the SYN is held back
     */
    int send(byte[] bytes, int offset, int length);

    /** Sends the SYN that is held back, without data. {@code -EINPROGRESS} is the answer of one that has left. */
    int sendBareSyn();

    /** {@code tcpi_state} of {@code TCP_INFO}. */
    int state();

    /** The pending error ({@code SO_ERROR}) as {@code -errno}, 0 if there is none. It can be taken once. */
    int takeError();

    /** Ends the connection in both directions, which wakes whoever polls the descriptor. */
    int shutDown();
}
