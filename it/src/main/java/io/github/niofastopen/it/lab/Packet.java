// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.lab;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** One packet of a capture of the lab's: IPv4 or IPv6, with TCP or ICMP in it. */
public final class Packet {
    private static final int FILE_HEADER = 24;
    private static final int RECORD_HEADER = 16;
    private static final int IPV6_HEADER = 40;
    private static final int TCP = 6;
    private static final int ICMPV6 = 58;

    private final ByteBuffer bytes;
    private final boolean ipv4;
    private final int payload;
    private final long micros;

    private Packet(ByteBuffer bytes, long micros) {
        this.bytes = bytes;
        this.micros = micros;
        ipv4 = bytes.get(0) >> 4 == 4;
        payload = ipv4 ? (bytes.get(0) & 0xf) * 4 : IPV6_HEADER;
    }

    /** The packets of a capture file, in their order. */
    static List<Packet> readAll(Path capture) throws IOException {
        ByteBuffer file = ByteBuffer.wrap(Files.readAllBytes(capture)).order(ByteOrder.nativeOrder());
        List<Packet> packets = new ArrayList<>();
        for (int at = FILE_HEADER; at < file.limit();) {
            long micros = Integer.toUnsignedLong(file.getInt(at)) * 1_000_000 + file.getInt(at + 4);
            int length = file.getInt(at + 8);
            packets.add(new Packet(file.slice(at + RECORD_HEADER, length).order(ByteOrder.BIG_ENDIAN), micros));
            at += RECORD_HEADER + length;
        }
        return packets;
    }

    /** When it was seen. */
    public long micros() {
        return micros;
    }

    /** Its length with all headers. */
    public int length() {
        return bytes.limit();
    }

    public String source() {
        return address(ipv4 ? 12 : 8);
    }

    public String destination() {
        return address(ipv4 ? 16 : 24);
    }

    public boolean isTcp() {
        return bytes.get(ipv4 ? 9 : 6) == TCP;
    }

    /** The MTU that an ICMP "fragmentation needed" or ICMPv6 "packet too big" tells of. */
    public int toldMtu() {
        int type = bytes.getShort(payload) & 0xffff;
        if (type != (ipv4 ? 0x0304 : 0x0200)) {
            throw new IllegalStateException("not of a packet that is too big: " + this);
        }
        return bytes.getShort(payload + 6) & 0xffff;
    }

    public boolean isSyn() {
        return flags("SA").equals("S");
    }

    public boolean isSynAck() {
        return flags("SA").equals("SA");
    }

    public boolean isReset() {
        return flags("R").equals("R");
    }

    /** Whether the SYN asks for ECN (RFC 3168, 6.1.1). */
    public boolean asksForEcn() {
        return isSyn() && flags("EC").equals("EC");
    }

    public int dataLength() {
        return isTcp() ? length() - payload - tcpHeaderLength() : 0;
    }

    public int sequence() {
        return bytes.getInt(payload + 4);
    }

    public int acknowledgment() {
        return bytes.getInt(payload + 8);
    }

    /** The two sockets, in one order for both directions. */
    public String connection() {
        String from = source() + ":" + port(0);
        String to = destination() + ":" + port(2);
        return from.compareTo(to) < 0 ? from + " " + to : to + " " + from;
    }

    /** Whether the sum over what is transported comes out right. */
    public boolean hasRightChecksum() {
        int sum = sum(payload, length());
        if (isTcp() || !ipv4) {
            // The pseudo header, which ICMP has only for IPv6.
            sum += sum(ipv4 ? 12 : 8, ipv4 ? 20 : IPV6_HEADER) + length() - payload + (isTcp() ? TCP : ICMPV6);
        }
        return (sum & 0xffff) + (sum >>> 16) == 0xffff;
    }

    public boolean hasFastOpenOption() {
        return fastOpenOptionLength() > 0;
    }

    public boolean hasCookie() {
        return fastOpenOptionLength() > 2;
    }

    private int fastOpenOptionLength() {
        int at = payload + 20;
        int end = payload + tcpHeaderLength();
        while (at < end && bytes.get(at) != 0) {
            int length = bytes.get(at) == 1 ? 1 : bytes.get(at + 1);
            if (bytes.get(at) == 34) {
                return length;
            }
            at += length;
        }
        return 0;
    }

    private int sum(int from, int to) {
        int sum = 0;
        for (int at = from; at < to; at += 2) {
            sum += at + 1 < to ? bytes.getShort(at) & 0xffff : (bytes.get(at) & 0xff) << 8;
        }
        return sum;
    }

    private int tcpHeaderLength() {
        return (bytes.get(payload + 12) >> 4 & 0xf) * 4;
    }

    /** Those of some flags that are set, each by its letter. */
    private String flags(String letters) {
        StringBuilder set = new StringBuilder();
        for (int bit = 0; isTcp() && bit < 8; bit++) {
            char letter = "FSRPAUEC".charAt(bit);
            if (letters.indexOf(letter) >= 0 && (bytes.get(payload + 13) >> bit & 1) == 1) {
                set.append(letter);
            }
        }
        return set.toString();
    }

    private int port(int at) {
        return bytes.getShort(payload + at) & 0xffff;
    }

    private String address(int at) {
        byte[] address = new byte[ipv4 ? 4 : 16];
        bytes.get(at, address);
        return HexFormat.of().formatHex(address);
    }

    /** Two that are the same byte by byte are equal, whenever they were seen. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Packet && bytes.equals(((Packet) other).bytes);
    }

    @Override
    public int hashCode() {
        return bytes.hashCode();
    }

    @Override
    public String toString() {
        String ends = source() + " > " + destination() + ", " + length() + " bytes";
        if (!isTcp()) {
            return ends;
        }
        return ends + ": " + port(0) + " > " + port(2) + " " + flags("FSRPAUEC") + " " + Integer.toUnsignedString(sequence())
            + " " + Integer.toUnsignedString(acknowledgment()) + ", data " + dataLength();
    }
}
