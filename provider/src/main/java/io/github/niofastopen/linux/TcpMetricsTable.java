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
     * @throws UnavailableException if this process is never told
     */
    public static List<TcpMetrics> all() throws IOException {
        try (Netlink netlink = new Netlink()) {
            List<TcpMetrics> all = new ArrayList<>();
            for (NetlinkAttributes attributes : netlink.askForAll(family(netlink), GET)) {
                all.add(TcpMetrics.of(attributes));
            }
            return all;
        } catch (Netlink.FailedException e) {
            throw UnavailableException.ifForGood(e);
        }
    }

    /**
     * One destination, from whatever local address; empty if the kernel knows nothing of it.
     *
     * @throws UnavailableException if this process is never told
     */
    public static Optional<TcpMetrics> of(InetAddress destination) throws IOException {
        return ask(Map.of(attribute(destination, TcpMetrics.ADDR_IPV4, TcpMetrics.ADDR_IPV6), destination.getAddress()));
    }

    /**
     * One destination, as learned from one local address; empty if the kernel knows nothing of it.
     *
     * @throws UnavailableException if this process is never told
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
        try (Netlink netlink = new Netlink()) {
            return Optional.of(TcpMetrics.of(netlink.ask(family(netlink), GET, names).get(0)));
        } catch (Netlink.FailedException e) {
            if (e.is(Errno.ESRCH)) {
                return Optional.empty();
            }
            throw UnavailableException.ifForGood(e);
        }
    }

    private static int family(Netlink netlink) throws IOException {
        if (family == 0) {
            family = (int) netlink.ask(CONTROL, GET_FAMILY, Map.of(FAMILY_NAME, NAME)).get(0).number(FAMILY_ID, 0);
        }
        return family;
    }

    /** A sandbox refuses the question to this process, or this kernel can't answer it: asking again is of no use. */
    public static final class UnavailableException extends IOException {
        private static final long serialVersionUID = 1L;

        public UnavailableException(String message, Throwable cause) {
            super(message, cause);
        }

        private static IOException ifForGood(Netlink.FailedException failure) {
            return failure.isForGood()
                ? new UnavailableException("the kernel's TCP metrics can't be had: " + failure.getMessage(), failure) : failure;
        }
    }
}
