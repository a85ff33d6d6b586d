// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.linux;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where a connection would go, as {@code ip route get} tells: one question, however many addresses and routes there are.
 * The native library must be loaded.
 */
public final class Route {
    /** Of a destination that can't be reached, or that nothing is known of. */
    public static final Route NONE = new Route(null, false);

    // include/uapi/linux/rtnetlink.h
    private static final int GET_ROUTE = 26;
    private static final int DESTINATION = 1;
    private static final int INTERFACE = 4;
    private static final int PREFERRED_SOURCE = 7;
    /** struct rtmsg: rtm_family, rtm_dst_len, ..., rtm_type. */
    private static final int HEADER = 12;
    private static final int TYPE_INDEX = 7;
    private static final int LOCAL = 2;
    /** include/linux/socket.h. */
    private static final byte AF_INET = 2;
    private static final byte AF_INET6 = 10;

    private final InetAddress source;
    private final boolean local;

    public Route(InetAddress source, boolean local) {
        this.source = source;
        this.local = local;
    }

    /**
     * The route to an address, for a connection that isn't bound.
     *
     * @throws NetlinkUnavailableException if this process is never told
     */
    public static Route to(InetAddress address) throws IOException {
        try (Netlink netlink = new Netlink(Netlink.Protocol.ROUTE)) {
            return of(netlink.ask(GET_ROUTE, header(address), attributes(address)));
        } catch (Netlink.RefusedException e) {
            // Whatever is answered, EACCES of a route that prohibits among it, means that there is none.
            return NONE;
        } catch (Netlink.FailedException e) {
            throw e.orForGood();
        }
    }

    static Route of(Netlink.Answer answer) throws IOException {
        byte[] source = answer.attributes().bytes(PREFERRED_SOURCE);
        return new Route(source.length == 0 ? null : InetAddress.getByAddress(source), answer.headerByte(TYPE_INDEX) == LOCAL);
    }

    static byte[] header(InetAddress address) {
        byte[] header = new byte[HEADER];
        header[0] = address instanceof Inet4Address ? AF_INET : AF_INET6;
        header[1] = (byte) (Byte.SIZE * address.getAddress().length);
        return header;
    }

    static Map<Integer, byte[]> attributes(InetAddress address) {
        Map<Integer, byte[]> attributes = new TreeMap<>();
        attributes.put(DESTINATION, address.getAddress());
        if (address instanceof Inet6Address && ((Inet6Address) address).getScopeId() != 0) {
            attributes.put(INTERFACE, number(((Inet6Address) address).getScopeId()));
        }
        return attributes;
    }

    private static byte[] number(int number) {
        return ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.nativeOrder()).putInt(number).array();
    }

    /** The local address from which a connection there would leave; null if there is none. */
    public InetAddress source() {
        return source;
    }

    /** Whether the destination is this machine itself. */
    public boolean isLocal() {
        return local;
    }
}
