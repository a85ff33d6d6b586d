// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.linux;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.SocketException;

/**
 * The error numbers that the provider meets, and the one place where they become exceptions. Numbers are those of
 * asm-generic/errno.h, which x86, ARM, RISC-V, POWER and s390 share; {@link NativeLibrary} is built for no other.
 */
public enum Errno {
    EPERM(1, "Operation not permitted"),
    ENOENT(2, "No such file or directory"),
    ESRCH(3, "No such process"),
    EINTR(4, "Interrupted system call"),
    EBADF(9, "Bad file descriptor"),
    EAGAIN(11, "Resource temporarily unavailable"),
    EACCES(13, "Permission denied"),
    EINVAL(22, "Invalid argument"),
    EPIPE(32, "Broken pipe"),
    ENOSYS(38, "Function not implemented"),
    EPROTO(71, "Protocol error"),
    ENOPROTOOPT(92, "Protocol not available"),
    EOPNOTSUPP(95, "Operation not supported"),
    EAFNOSUPPORT(97, "Address family not supported by protocol"),
    EADDRINUSE(98, "Address already in use"),
    EADDRNOTAVAIL(99, "Cannot assign requested address"),
    ENETUNREACH(101, "Network is unreachable"),
    ECONNABORTED(103, "Software caused connection abort"),
    ECONNRESET(104, "Connection reset by peer"),
    ENOBUFS(105, "No buffer space available"),
    ENOTCONN(107, "Transport endpoint is not connected"),
    ETIMEDOUT(110, "Connection timed out"),
    ECONNREFUSED(111, "Connection refused"),
    EHOSTUNREACH(113, "No route to host"),
    EINPROGRESS(115, "Operation now in progress");

    private final int number;
    private final String message;

    Errno(int number, String message) {
        this.number = number;
        this.message = message;
    }

    /** Whether a native call's result is this error. */
    public boolean is(int result) {
        return result == -number;
    }

    /** The native result that stands for this error. */
    public int asResult() {
        return -number;
    }

    /**
     * Whether an error is that of a kernel or a sandbox that doesn't allow Fast Open to this process, now or ever. The
     * sysctl's {@code EOPNOTSUPP} isn't: it may be switched on at any time.
     */
    public static boolean refusesFastOpen(int result) {
        return EPERM.is(result) || EACCES.is(result) || ENOSYS.is(result) || ENOPROTOOPT.is(result);
    }

    /** The name and number of an error result, for a log line. */
    public static String describe(int result) {
        Errno errno = of(result);
        return errno == null ? "errno " + -result : errno.name() + " (" + errno.message + ")";
    }

    /**
     * The exception that a failed connect(2) is in the JDK: classes by the errno switch of {@code handleSocketError} in
     * its Net.c, message as strerror(3) has it.
     */
    public static IOException connectFailure(int result) {
        Errno errno = of(result);
        return errno == null ? new SocketException("errno " + -result) : exception(errno, errno.message);
    }

    /** The same, with the peer's address in the message where the JDK has it there: see {@link HostInfo}. */
    public static IOException connectFailure(int result, InetSocketAddress remote) {
        Errno errno = of(result);
        return errno == null || !HostInfo.isWanted() ? connectFailure(result) : exception(errno, errno.message + ": " + remote);
    }

    private static IOException exception(Errno errno, String message) {
        switch (errno) {
            case EPROTO:
                return new ProtocolException(message);
            case ECONNREFUSED:
            case ETIMEDOUT:
            case ENOTCONN:
                return new ConnectException(message);
            case EHOSTUNREACH:
                return new NoRouteToHostException(message);
            case EADDRINUSE:
            case EADDRNOTAVAIL:
            case EACCES:
                return new BindException(message);
            default:
                return new SocketException(message);
        }
    }

    private static Errno of(int result) {
        for (Errno errno : values()) {
            if (errno.is(result)) {
                return errno;
            }
        }
        return null;
    }
}
