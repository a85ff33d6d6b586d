// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.linux;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A socket to the kernel's generic netlink, through {@code netlink.c}: questions, and the attributes of what is answered.
 * The kernel prepares its answer inside the calls (net/netlink/af_netlink.c), so none of them blocks.
 */
final class Netlink implements AutoCloseable {
    // include/uapi/linux/netlink.h and genetlink.h
    private static final int HEADER = 16;
    private static final int GENERIC_HEADER = 4;
    private static final int ERROR = 2;
    private static final int DONE = 3;
    private static final int FLAG_REQUEST = 1;
    private static final int FLAG_MULTIPLE = 2;
    private static final int FLAGS_DUMP = 0x300;

    /** As large as the native code's. */
    private static final int RECEIVED_MAX = 1 << 14;
    private static final int REQUEST_MAX = 128;

    private final int fd;
    private final byte[] received = new byte[RECEIVED_MAX];

    /** @throws IOException if a sandbox or the kernel refuses */
    Netlink() throws IOException {
        fd = checked("socket(AF_NETLINK)", openGeneric());
    }

    /** Asks for one thing, which the attributes of the request name. */
    List<NetlinkAttributes> ask(int family, int command, Map<Integer, byte[]> attributes) throws IOException {
        return ask(request(family, command, FLAG_REQUEST, attributes));
    }

    /** Asks for all there are. */
    List<NetlinkAttributes> askForAll(int family, int command) throws IOException {
        return ask(request(family, command, FLAG_REQUEST | FLAGS_DUMP, Map.of()));
    }

    private List<NetlinkAttributes> ask(byte[] request) throws IOException {
        checked("sendto(2) to netlink", sendMessage(fd, request, request.length));
        List<NetlinkAttributes> answers = new ArrayList<>();
        boolean more = true;
        while (more) {
            int length = checked("recv(2) from netlink", receiveMessage(fd, received));
            more = read(ByteBuffer.wrap(received.clone(), 0, length), answers);
        }
        return answers;
    }

    static byte[] request(int family, int command, int flags, Map<Integer, byte[]> attributes) {
        ByteBuffer request = ByteBuffer.allocate(REQUEST_MAX).order(ByteOrder.nativeOrder());
        request.position(HEADER);
        request.put((byte) command).put((byte) 1).putShort((short) 0);
        for (Map.Entry<Integer, byte[]> attribute : attributes.entrySet()) {
            NetlinkAttributes.put(request, attribute.getKey(), attribute.getValue());
        }
        byte[] bytes = new byte[request.position()];
        request.putInt(0, bytes.length).putShort(4, (short) family).putShort(6, (short) flags);
        request.flip().get(bytes);
        return bytes;
    }

    /** @return whether more of the answer follows */
    static boolean read(ByteBuffer messages, List<NetlinkAttributes> into) throws IOException {
        messages.order(ByteOrder.nativeOrder());
        try {
            boolean more = false;
            while (messages.remaining() >= HEADER) {
                int start = messages.position();
                int length = messages.getInt(start);
                int type = messages.getShort(start + 4) & 0xffff;
                more = type != DONE && (messages.getShort(start + 6) & FLAG_MULTIPLE) != 0;
                if (length < HEADER) {
                    throw new BufferUnderflowException();
                }
                if (type == ERROR) {
                    throw new FailedException("netlink answers ", messages.getInt(start + HEADER));
                }
                if (type != DONE) {
                    into.add(attributes(messages, start, length));
                }
                messages.position(Math.min(NetlinkAttributes.aligned(start + length), messages.limit()));
            }
            return more;
        } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
            throw new IOException("netlink's answer is cut off", e);
        }
    }

    private static NetlinkAttributes attributes(ByteBuffer messages, int start, int length) {
        int before = HEADER + GENERIC_HEADER;
        return new NetlinkAttributes(messages.slice(start + before, length - before).order(messages.order()));
    }

    @Override
    public void close() {
        closeSocket(fd);
    }

    private static int checked(String call, int result) throws IOException {
        if (result < 0) {
            throw new FailedException(call + ": ", result);
        }
        return result;
    }

    private static native int openGeneric();

    private static native int sendMessage(int fd, byte[] message, int length);

    private static native int receiveMessage(int fd, byte[] message);

    private static native int closeSocket(int fd);

    /** A system call's result was an error, or the kernel's answer. */
    static final class FailedException extends IOException {
        private static final long serialVersionUID = 1L;
        /** ENOENT: there is no such family (net/netlink/genetlink.c); ECONNREFUSED: nor generic netlink (af_netlink.c). */
        private static final Errno[] FOR_GOOD = {Errno.EPERM, Errno.EACCES, Errno.ENOSYS, Errno.EAFNOSUPPORT, Errno.EPROTONOSUPPORT,
            Errno.ESOCKTNOSUPPORT, Errno.EOPNOTSUPP, Errno.ENOENT, Errno.ECONNREFUSED};

        private final int result;

        FailedException(String what, int result) {
            super(what + Errno.describe(result));
            this.result = result;
        }

        boolean is(Errno errno) {
            return errno.is(result);
        }

        /**
         * Whether it was a sandbox's refusal, or the want of netlink or of the family in this kernel, which asking again
         * doesn't change; a want of descriptors or memory passes.
         */
        boolean isForGood() {
            for (Errno errno : FOR_GOOD) {
                if (errno.is(result)) {
                    return true;
                }
            }
            return false;
        }
    }
}
