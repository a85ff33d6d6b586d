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
    /** Of interface and MTU. */
    public static final int UNKNOWN = 0;

    // include/uapi/linux/rtnetlink.h
    private static final int GET_ROUTE = 26;
    private static final int DESTINATION = 1;
    private static final int INTERFACE = 4;
    private static final int PREFERRED_SOURCE = 7;
    private static final int METRICS = 8;
    private static final int CACHE_INFO = 12;
    /** struct rta_cacheinfo: rta_clntref, rta_lastuse, rta_expires. */
    private static final int EXPIRES_INDEX = 8;
    private static final int METRIC_MTU = 2;
    /** struct rtmsg: rtm_family, rtm_dst_len, ..., rtm_type. */
    private static final int HEADER = 12;
    private static final int TYPE_INDEX = 7;
    /** Of rtm_flags, the second byte in little-endian order, as all machines are that there is a library for. */
    private static final int FLAGS_INDEX = 9;
    /** RTM_F_CLONED, 0x200. */
    private static final int CLONED = 2;
    private static final int LOCAL = 2;
    /** include/linux/socket.h. */
    private static final byte AF_INET = 2;
    private static final byte AF_INET6 = 10;

    private final InetAddress source;
    private final boolean local;
    private final int interfaceIndex;
    private final int mtu;
    private final boolean mtuTold;

    public Route(InetAddress source, boolean local) {
        this(source, local, UNKNOWN, UNKNOWN);
    }

    public Route(InetAddress source, boolean local, int interfaceIndex, int mtu) {
        this(source, local, interfaceIndex, mtu, false);
    }

    public Route(InetAddress source, boolean local, int interfaceIndex, int mtu, boolean mtuTold) {
        this.source = source;
        this.local = local;
        this.interfaceIndex = interfaceIndex;
        this.mtu = mtu;
        this.mtuTold = mtuTold;
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
        return new Route(source.length == 0 ? null : InetAddress.getByAddress(source), answer.headerByte(TYPE_INDEX) == LOCAL,
            (int) answer.attributes().number(INTERFACE, UNKNOWN),
            (int) answer.attributes().nested(METRICS).number(METRIC_MTU, UNKNOWN), isException(answer));
    }

    /**
     * Whether this is an exception to a route that the kernel makes when a path tells its MTU, for a time (net/ipv4/route.c,
     * rt_fill_info; net/ipv6/route.c, rt6_fill_node). Others have an MTU that was set, by a router's advertisement for one.
     */
    private static boolean isException(Netlink.Answer answer) {
        byte[] cacheInfo = answer.attributes().bytes(CACHE_INFO);
        return (answer.headerByte(FLAGS_INDEX) & CLONED) != 0 && cacheInfo.length >= EXPIRES_INDEX + Integer.BYTES
            && ByteBuffer.wrap(cacheInfo).order(ByteOrder.nativeOrder()).getInt(EXPIRES_INDEX) != 0;
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

    /** The number of the interface that it leaves by, or {@link #UNKNOWN}. */
    public int interfaceIndex() {
        return interfaceIndex;
    }

    /** Whether it was the path that has told its MTU. */
    public boolean hasToldItsMtu() {
        return mtuTold && mtu != UNKNOWN;
    }

    /** The MTU of this route alone, as it was set or as the path has told, or {@link #UNKNOWN}: then the interface's counts. */
    public int mtu() {
        return mtu;
    }
}
