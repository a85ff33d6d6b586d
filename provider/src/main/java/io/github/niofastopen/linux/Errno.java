// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.linux;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.nio.charset.Charset;

/**
 * The error numbers that the provider tells apart, and the one place where any becomes an exception. Numbers are those of
 * asm-generic/errno.h, which x86, ARM, RISC-V, POWER and s390 share; {@link NativeLibrary} is built for no other. What is
 * said of one needs the native library, without which there is none to tell of.
 */
public enum Errno {
    EPERM(1),
    ENOENT(2),
    ESRCH(3),
    EINTR(4),
    EBADF(9),
    EAGAIN(11),
    ENOMEM(12),
    EACCES(13),
    EINVAL(22),
    ENFILE(23),
    EMFILE(24),
    EPIPE(32),
    ENOSYS(38),
    EPROTO(71),
    EMSGSIZE(90),
    ENOPROTOOPT(92),
    EPROTONOSUPPORT(93),
    ESOCKTNOSUPPORT(94),
    EOPNOTSUPP(95),
    EAFNOSUPPORT(97),
    EADDRINUSE(98),
    EADDRNOTAVAIL(99),
    ENETUNREACH(101),
    ECONNABORTED(103),
    ECONNRESET(104),
    ENOBUFS(105),
    ENOTCONN(107),
    ETIMEDOUT(110),
    ECONNREFUSED(111),
    EHOSTUNREACH(113),
    EALREADY(114),
    EINPROGRESS(115);

    private static final int TEXT_MAX = 256;

    private final int number;

    Errno(int number) {
        this.number = number;
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

    /** The name and meaning of an error result, for a log line. */
    public static String describe(int result) {
        Errno errno = of(result);
        return (errno == null ? "errno " + -result : errno.name()) + " (" + text(result) + ")";
    }

    /**
     * The exception that a failed connect(2) is in the JDK: classes by the errno switch of {@code handleSocketError} in
     * its Net.c, message as strerror(3) has it.
     */
    public static IOException connectFailure(int result) {
        return exception(of(result), text(result));
    }

    /** The same, with the peer's address in the message where the JDK has it there: see {@link HostInfo}. */
    public static IOException connectFailure(int result, InetSocketAddress remote) {
        return exception(of(result), HostInfo.isWanted() ? text(result) + ": " + remote : text(result));
    }

    private static IOException exception(Errno errno, String message) {
        if (errno == null) {
            return new SocketException(message);
        }
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

    /** As the JDK makes a string of what its own native code is told. */
    private static String text(int result) {
        byte[] text = new byte[TEXT_MAX];
        return new String(text, 0, strerror(-result, text), platformCharset());
    }

    private static Charset platformCharset() {
        String name = JvmProperty.ofSystem("sun.jnu.encoding");
        return name == null || name.isEmpty() || !Charset.isSupported(name) ? Charset.defaultCharset() : Charset.forName(name);
    }

    private static native int strerror(int number, byte[] text);
}
