// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.tls;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/** Writes hellos as RFC 8446 lays them out, the wrong ones too. */
public final class HelloBytes {
    public static final String RANDOM = "11".repeat(32);
    public static final String RETRY_RANDOM = "cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c";

    private HelloBytes() {
    }

    public static byte[] clientHello(byte[]... extensions) {
        return record(clientHelloMessage("", extensions));
    }

    public static byte[] clientHelloMessage(String sessionId, byte[]... extensions) {
        return message(1, concat(hex("0303" + RANDOM), vector8(hex(sessionId)), vector16(hex("13011302")), hex("0100"),
            extensions.length == 0 ? new byte[0] : vector16(concat(extensions))));
    }

    public static byte[] serverHello(String random, String sessionId, byte[]... extensions) {
        return record(message(2, concat(hex("0303" + random), vector8(hex(sessionId)), hex("1301" + "00"),
            extensions.length == 0 ? new byte[0] : vector16(concat(extensions)))));
    }

    public static byte[] serverName(String name) {
        return extension(0, vector16(concat(hex("00"), vector16(name.getBytes(StandardCharsets.US_ASCII)))));
    }

    public static byte[] supportedGroups(int... groups) {
        return extension(10, vector16(concat(Arrays.stream(groups).mapToObj(HelloBytes::u16).toArray(byte[][]::new))));
    }

    public static byte[] keyShares(byte[]... shares) {
        return extension(51, vector16(concat(shares)));
    }

    public static byte[] share(int group, int length) {
        return concat(u16(group), vector16(new byte[length]));
    }

    public static byte[] preSharedKeys(int... ticketLengths) {
        byte[][] identities = new byte[ticketLengths.length][];
        for (int i = 0; i < ticketLengths.length; i++) {
            identities[i] = concat(vector16(new byte[ticketLengths[i]]), new byte[4]);
        }
        return extension(41, concat(vector16(concat(identities)), vector16(vector8(new byte[32]))));
    }

    public static byte[] extension(int type, byte[] content) {
        return concat(u16(type), vector16(content));
    }

    public static byte[] message(int type, byte[] body) {
        return concat(new byte[] {(byte) type, (byte) (body.length >> 16)}, u16(body.length & 0xffff), body);
    }

    public static byte[] record(byte[] payload) {
        return concat(hex("160301"), vector16(payload));
    }

    public static byte[] vector8(byte[] content) {
        return concat(new byte[] {(byte) content.length}, content);
    }

    public static byte[] vector16(byte[] content) {
        return concat(u16(content.length), content);
    }

    public static byte[] u16(int number) {
        return new byte[] {(byte) (number >> 8), (byte) number};
    }

    public static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }

    public static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
