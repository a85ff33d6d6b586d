// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.linux;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A socket to the kernel's netlink, through {@code netlink.c}: questions, and what is answered. The kernel prepares its answer
 * inside the calls (net/netlink/af_netlink.c), so none of them blocks.
 */
final class Netlink implements AutoCloseable {
    // include/uapi/linux/netlink.h
    static final int HEADER = 16;
    private static final int ERROR = 2;
    private static final int DONE = 3;
    private static final int FLAG_REQUEST = 1;
    private static final int FLAG_MULTIPLE = 2;
    private static final int FLAGS_DUMP = 0x300;

    /** As large as the native code's. */
    private static final int RECEIVED_MAX = 1 << 14;
    private static final int REQUEST_MAX = 128;

    /** Of netlink's protocols, each with a header of its own between netlink's and the attributes. */
    enum Protocol {
        /** NETLINK_ROUTE and struct rtmsg. */
        ROUTE(0, 12),
        /** NETLINK_ROUTE and struct ifinfomsg. */
        LINK(0, 16),
        /** NETLINK_GENERIC and struct genlmsghdr. */
        GENERIC(16, 4);

        private final int number;
        private final int header;

        Protocol(int number, int header) {
            this.number = number;
            this.header = header;
        }
    }

    private final Protocol protocol;
    private final int fd;
    private final byte[] received = new byte[RECEIVED_MAX];

    /** @throws FailedException if a sandbox or the kernel refuses */
    Netlink(Protocol protocol) throws IOException {
        this.protocol = protocol;
        fd = checked("socket(AF_NETLINK)", openSocket(protocol.number));
    }

    /** Asks for one thing, which the header of the protocol and the attributes of the request name. */
    Answer ask(int type, byte[] header, Map<Integer, byte[]> attributes) throws IOException {
        return only(ask(request(type, FLAG_REQUEST, header, attributes)));
    }

    static Answer only(List<Answer> answers) throws IOException {
        if (answers.isEmpty()) {
            throw new IOException("netlink has no answer");
        }
        return answers.get(0);
    }

    /** Asks for all there are. */
    List<Answer> askForAll(int type, byte[] header) throws IOException {
        return ask(request(type, FLAG_REQUEST | FLAGS_DUMP, header, Map.of()));
    }

    private List<Answer> ask(byte[] request) throws IOException {
        checked("sendto(2) to netlink", sendMessage(fd, request, request.length));
        List<Answer> answers = new ArrayList<>();
        boolean more = true;
        while (more) {
            int length = checked("recv(2) from netlink", receiveMessage(fd, received));
            more = read(protocol, ByteBuffer.wrap(Arrays.copyOf(received, length)), answers);
        }
        return answers;
    }

    static byte[] request(int type, int flags, byte[] header, Map<Integer, byte[]> attributes) {
        ByteBuffer request = ByteBuffer.allocate(REQUEST_MAX).order(ByteOrder.nativeOrder());
        request.position(HEADER);
        request.put(header);
        for (Map.Entry<Integer, byte[]> attribute : attributes.entrySet()) {
            NetlinkAttributes.put(request, attribute.getKey(), attribute.getValue());
        }
        byte[] bytes = new byte[request.position()];
        request.putInt(0, bytes.length).putShort(4, (short) type).putShort(6, (short) flags);
        request.flip().get(bytes);
        return bytes;
    }

    /** @return whether more of the answer follows */
    static boolean read(Protocol protocol, ByteBuffer messages, List<Answer> into) throws IOException {
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
                    throw new RefusedException(messages.getInt(start + HEADER));
                }
                if (type != DONE) {
                    into.add(answer(protocol, messages.slice(start + HEADER, length - HEADER).order(messages.order())));
                }
                messages.position(Math.min(NetlinkAttributes.aligned(start + length), messages.limit()));
            }
            return more;
        } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
            throw new IOException("netlink's answer is cut off", e);
        }
    }

    private static Answer answer(Protocol protocol, ByteBuffer message) {
        byte[] header = new byte[protocol.header];
        message.get(header);
        return new Answer(header, new NetlinkAttributes(message));
    }

    @Override
    public void close() {
        closeSocket(fd);
    }

    private static int checked(String call, int result) throws IOException {
        if (result < 0) {
            throw new FailedException(call + ": " + Errno.describe(result), result);
        }
        return result;
    }

    private static native int openSocket(int protocol);

    private static native int sendMessage(int fd, byte[] message, int length);

    private static native int receiveMessage(int fd, byte[] message);

    private static native int closeSocket(int fd);

    /** What the kernel answers: the header of the protocol, and the attributes that follow. */
    static final class Answer {
        private final byte[] header;
        private final NetlinkAttributes attributes;

        Answer(byte[] header, NetlinkAttributes attributes) {
            this.header = header;
            this.attributes = attributes;
        }

        int headerByte(int index) {
            return header[index] & 0xff;
        }

        NetlinkAttributes attributes() {
            return attributes;
        }
    }

    /** A system call's result was an error. */
    static class FailedException extends IOException {
        private static final long serialVersionUID = 1L;
        /** ECONNREFUSED: the kernel has no such protocol (net/netlink/af_netlink.c). */
        private static final Errno[] FOR_GOOD = {Errno.EPERM, Errno.EACCES, Errno.ENOSYS, Errno.EAFNOSUPPORT, Errno.EPROTONOSUPPORT,
            Errno.ESOCKTNOSUPPORT, Errno.EOPNOTSUPP, Errno.ECONNREFUSED};

        private final int result;

        FailedException(String message, int result) {
            super(message);
            this.result = result;
        }

        boolean is(Errno errno) {
            return errno.is(result);
        }

        /**
         * This failure, or another where it is a sandbox's refusal, or the want of netlink in this kernel, which asking again
         * doesn't change; a want of descriptors or memory passes.
         */
        IOException orForGood() {
            for (Errno errno : FOR_GOOD) {
                if (errno.is(result)) {
                    return new NetlinkUnavailableException(this);
                }
            }
            return this;
        }
    }

    /** The kernel's answer was an error. */
    static final class RefusedException extends FailedException {
        private static final long serialVersionUID = 1L;

        RefusedException(int result) {
            super("netlink answers " + Errno.describe(result), result);
        }
    }
}
