// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.linux;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;

/**
 * What the kernel remembers of one destination across connections and processes (net/ipv4/tcp_metrics.c).
 *
 * @param source the local address that it was learned from: another one has an entry of its own
 * @param ageMillis since the last connection that left something, in ms
 * @param rttMicros the smoothed round-trip time, 0 if unknown; it comes down slowly after a longer one
 * @param cookie the Fast Open cookie in hexadecimal digits, empty if there is none
 * @param mss what the destination takes in one segment, 0 if no Fast Open was tried there
 * @param synDrops how many SYNs in a row were lost with their data or their question for a cookie, as the kernel itself
 *     found by sending them again; a connection that was given up before counts nothing
 * @param sinceSynDropMillis since the last of them, in ms, or -1
 */
public record TcpMetrics(InetAddress destination, InetAddress source, long ageMillis, int rttMicros, String cookie, int mss,
        int synDrops, long sinceSynDropMillis) {

    // include/uapi/linux/tcp_metrics.h: TCP_METRICS_ATTR_*
    static final int ADDR_IPV4 = 1;
    static final int ADDR_IPV6 = 2;
    private static final int AGE = 3;
    private static final int VALS = 6;
    private static final int FOPEN_MSS = 7;
    private static final int FOPEN_SYN_DROPS = 8;
    private static final int FOPEN_SYN_DROP_TS = 9;
    private static final int FOPEN_COOKIE = 10;
    static final int SADDR_IPV4 = 11;
    static final int SADDR_IPV6 = 12;
    /** {@code TCP_METRIC_RTT} and {@code TCP_METRIC_RTT_US}; the types of nested attributes begin with 1. */
    private static final int RTT_MILLIS = 1;
    private static final int RTT_MICROS = 6;
    /** It is kept as the kernel computes with it (struct tcp_sock, srtt_us: "smoothed round trip time << 3"). */
    private static final int RTT_SCALE = 8;

    static TcpMetrics of(NetlinkAttributes attributes) throws UnknownHostException {
        NetlinkAttributes values = attributes.nested(VALS);
        long rtt = values.has(RTT_MICROS) ? values.number(RTT_MICROS, 0) : 1000 * values.number(RTT_MILLIS, 0);
        return new TcpMetrics(
            address(attributes, ADDR_IPV4, ADDR_IPV6),
            address(attributes, SADDR_IPV4, SADDR_IPV6),
            attributes.number(AGE, 0),
            (int) Math.min(rtt / RTT_SCALE, Integer.MAX_VALUE),
            HexFormat.of().formatHex(attributes.bytes(FOPEN_COOKIE)),
            (int) attributes.number(FOPEN_MSS, 0),
            (int) attributes.number(FOPEN_SYN_DROPS, 0),
            attributes.number(FOPEN_SYN_DROP_TS, -1));
    }

    public boolean hasCookie() {
        return !cookie.isEmpty();
    }

    private static InetAddress address(NetlinkAttributes attributes, int ipv4, int ipv6) throws UnknownHostException {
        return InetAddress.getByAddress(attributes.bytes(attributes.has(ipv4) ? ipv4 : ipv6));
    }
}
