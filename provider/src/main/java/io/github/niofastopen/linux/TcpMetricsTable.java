// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.linux;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads what {@code ip tcp_metrics} shows, of this process's network namespace. That takes no privilege: of the family's
 * commands only the one that deletes is {@code GENL_ADMIN_PERM} (net/ipv4/tcp_metrics.c). A sandbox may refuse the socket
 * all the same. The native library must be loaded.
 */
public final class TcpMetricsTable {
    /** {@code GENL_ID_CTRL}, {@code CTRL_CMD_GETFAMILY} and {@code CTRL_ATTR_*} (include/uapi/linux/genetlink.h). */
    private static final int CONTROL = 16;
    private static final int GET_FAMILY = 3;
    private static final int FAMILY_ID = 1;
    private static final int FAMILY_NAME = 2;

    private static final byte[] NAME = "tcp_metrics\0".getBytes(StandardCharsets.US_ASCII);
    /** {@code TCP_METRICS_CMD_GET}. */
    private static final int GET = 1;

    /** The number that the kernel has given to the family, which is built in and keeps it; 0 if not asked for yet. */
    private static volatile int family;

    private TcpMetricsTable() {
    }

    /**
     * All destinations, in no order.
     *
     * @throws NetlinkUnavailableException if this process is never told
     */
    public static List<TcpMetrics> all() throws IOException {
        try (Netlink netlink = new Netlink(Netlink.Protocol.GENERIC)) {
            List<TcpMetrics> all = new ArrayList<>();
            for (Netlink.Answer answer : netlink.askForAll(family(netlink), header(GET))) {
                all.add(TcpMetrics.of(answer.attributes()));
            }
            return all;
        } catch (Netlink.FailedException e) {
            throw e.orForGood();
        }
    }

    /**
     * One destination, from whatever local address; empty if the kernel knows nothing of it.
     *
     * @throws NetlinkUnavailableException if this process is never told
     */
    public static Optional<TcpMetrics> of(InetAddress destination) throws IOException {
        return ask(Map.of(attribute(destination, TcpMetrics.ADDR_IPV4, TcpMetrics.ADDR_IPV6), destination.getAddress()));
    }

    /**
     * One destination, as learned from one local address; empty if the kernel knows nothing of it.
     *
     * @throws NetlinkUnavailableException if this process is never told
     */
    public static Optional<TcpMetrics> of(InetAddress destination, InetAddress source) throws IOException {
        return ask(Map.of(
            attribute(destination, TcpMetrics.ADDR_IPV4, TcpMetrics.ADDR_IPV6), destination.getAddress(),
            attribute(source, TcpMetrics.SADDR_IPV4, TcpMetrics.SADDR_IPV6), source.getAddress()));
    }

    private static int attribute(InetAddress address, int ipv4, int ipv6) {
        return address instanceof Inet4Address ? ipv4 : ipv6;
    }

    private static Optional<TcpMetrics> ask(Map<Integer, byte[]> names) throws IOException {
        try (Netlink netlink = new Netlink(Netlink.Protocol.GENERIC)) {
            return Optional.of(TcpMetrics.of(netlink.ask(family(netlink), header(GET), names).attributes()));
        } catch (Netlink.FailedException e) {
            if (e.is(Errno.ESRCH)) {
                return Optional.empty();
            }
            throw e.orForGood();
        }
    }

    private static int family(Netlink netlink) throws IOException {
        try {
            if (family == 0) {
                family = (int) netlink.ask(CONTROL, header(GET_FAMILY), Map.of(FAMILY_NAME, NAME)).attributes().number(FAMILY_ID, 0);
            }
            return family;
        } catch (Netlink.RefusedException e) {
            throw e.is(Errno.ENOENT) ? new NetlinkUnavailableException(new IOException("this kernel doesn't tell its TCP metrics", e)) : e;
        }
    }

    /** struct genlmsghdr: the command, and the family's version. */
    private static byte[] header(int command) {
        return new byte[] {(byte) command, 1, 0, 0};
    }
}
