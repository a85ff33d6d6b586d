// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.linux;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** A {@link TcpSocket} by its descriptor, through {@code tcp_socket.c}. */
public final class NativeTcpSocket implements TcpSocket {
    /** include/linux/socket.h. */
    private static final int AF_INET6 = 10;
    /** include/uapi/linux/in.h, IPPROTO_MPTCP. */
    private static final int MULTIPATH_TCP = 262;
    private static final int SHORTEST_MICROS = 1;
    private static final int NO_LIMIT = 0;
    /** More than come in answer to the SYNs of one connection. */
    private static final int MOST_QUEUED_ERRORS = 100;

    private final int fd;

    public NativeTcpSocket(int fd) {
        this.fd = fd;
    }

    @Override
    public boolean isMultipath() {
        return protocol(fd) == MULTIPATH_TCP;
    }

    @Override
    public int setFastOpenConnect(boolean on) {
        return setFastOpenConnect(fd, on);
    }

    @Override
    public int setFastOpenNoCookie() {
        return setFastOpenNoCookie(fd);
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
    public TcpInfo info() {
        return new TcpInfo(tcpInfo(fd));
    }

    @Override
    public int takeError() {
        return takeError(fd);
    }

    @Override
    public void dropQueuedErrors() {
        int left = MOST_QUEUED_ERRORS;
        while (left > 0 && takeQueuedError(fd) >= 0) {
            left--;
        }
    }

    @Override
    public int lingerNot() {
        return lingerNot(fd);
    }

    @Override
    public int disconnect() {
        return disconnect(fd);
    }

    /**
     * Whether the descriptor blocks is for the JDK to say, and may change at any moment. So connect(2) is given the
     * shortest time to block, which is one tick of the kernel's clock (include/net/sock.h, sock_sndtimeo). Java has no way
     * to set that time, so there is none to restore.
     */
    @Override
    public int connect(InetSocketAddress remote) {
        setSendTimeout(fd, SHORTEST_MICROS);
        try {
            return connectNow(remote);
        } finally {
            setSendTimeout(fd, NO_LIMIT);
        }
    }

    private int connectNow(InetSocketAddress remote) {
        InetAddress address = remote.getAddress();
        byte[] bytes = address.getAddress();
        if (address instanceof Inet6Address) {
            return connect6(fd, bytes, remote.getPort(), ((Inet6Address) address).getScopeId());
        }
        return domain(fd) == AF_INET6
            ? connect6(fd, mapped(bytes), remote.getPort(), 0)
            : connect4(fd, bytes, remote.getPort());
    }

    /** The IPv4-mapped IPv6 address (RFC 4291, 2.5.5.2), as a dual-stack socket takes it. */
    private static byte[] mapped(byte[] ipv4) {
        byte[] ipv6 = new byte[16];
        ipv6[10] = (byte) 0xff;
        ipv6[11] = (byte) 0xff;
        System.arraycopy(ipv4, 0, ipv6, 12, ipv4.length);
        return ipv6;
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

    /** The error of {@code TCP_INFO} on a descriptor that doesn't exist: {@code EBADF}, unless a sandbox answers first. */
    static int errorOfInfoWithoutSocket() {
        return (int) tcpInfo(-1);
    }

    private static native int setFastOpenConnect(int fd, boolean on);

    private static native int setFastOpenNoCookie(int fd);

    private static native int setFastOpenQueue(int fd, int pending);

    private static native int sendTo(int fd, byte[] bytes, int offset, int length);

    private static native int sendNothing(int fd);

    private static native long tcpInfo(int fd);

    private static native int takeError(int fd);

    private static native int takeQueuedError(int fd);

    private static native int shutDown(int fd);

    private static native int lingerNot(int fd);

    private static native int disconnect(int fd);

    private static native int connect4(int fd, byte[] address, int port);

    private static native int connect6(int fd, byte[] address, int port, int scope);

    private static native int domain(int fd);

    private static native int protocol(int fd);

    private static native int setSendTimeout(int fd, int micros);
}
