package io.github.niofastopen.linux;

/** A {@link TcpSocket} by its descriptor, through {@code tcp_socket.c}. */
public final class NativeTcpSocket implements TcpSocket {
    private final int fd;

    public NativeTcpSocket(int fd) {
        this.fd = fd;
    }

    @Override
    public int setFastOpenConnect(boolean on) {
        return setFastOpenConnect(fd, on);
    }

    @Override
    public int send(byte[] bytes, int offset, int length) {
        return sendTo(fd, bytes, offset, length);
    }

    @Override
    public int sendBareSyn() {
        return sendNothing(fd);
    }

    @Override
    public int state() {
        return tcpState(fd);
    }

    @Override
    public int takeError() {
        return takeError(fd);
    }

    @Override
    public int shutDown() {
        return shutDown(fd);
    }

    /**
     * Makes a socket that listens, or will, accept TCP Fast Open ({@code TCP_FASTOPEN}).
     *
     * @param pending how many connections may wait for the last ACK of their handshake (RFC 7413, 5.1)
     * @return 0 or {@code -errno}
     */
    public static int acceptFastOpen(int fd, int pending) {
        return setFastOpenQueue(fd, pending);
    }

    private static native int setFastOpenConnect(int fd, boolean on);

    private static native int setFastOpenQueue(int fd, int pending);

    private static native int sendTo(int fd, byte[] bytes, int offset, int length);

    private static native int sendNothing(int fd);

    private static native int tcpState(int fd);

    private static native int takeError(int fd);

    private static native int shutDown(int fd);
}
