// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.tls;

/** The groups in which keys are agreed on, by their numbers in IANA's registry of TLS supported groups. */
public final class NamedGroup {
    public static final int SECP256R1 = 0x0017;
    public static final int X25519 = 0x001d;
    private static final int X448 = 0x001e;
    public static final int X25519MLKEM768 = 0x11ec;
    private static final int GREASE_MASK = 0x0f0f;
    private static final int GREASE = 0x0a0a;

    private NamedGroup() {
    }

    /** As the registry and {@code jdk.tls.namedGroups} have it; a number in hexadecimal if it isn't known here. */
    public static String nameOf(int group) {
        String name = postQuantumName(group);
        name = name == null ? ellipticCurveName(group) : name;
        name = name == null ? finiteFieldName(group) : name;
        return name != null ? name : isGrease(group) ? "GREASE" : String.format("0x%04x", group);
    }

    /** Whether what is agreed on in it stays secret from somebody who records it now and has a quantum computer later. */
    public static boolean isPostQuantum(int group) {
        return postQuantumName(group) != null;
    }

    /** Whether it is none, but a number that keeps servers used to numbers that they don't know (RFC 8701). */
    public static boolean isGrease(int group) {
        return (group & GREASE_MASK) == GREASE && (group >> 8 & 0xff) == (group & 0xff);
    }

    /** Whether it is x25519 or x448, which the JDK takes for another kind than the curves that are older. */
    static boolean isMontgomery(int group) {
        return group == X25519 || group == X448;
    }

    private static String postQuantumName(int group) {
        switch (group) {
            case 0x0200: return "MLKEM512";
            case 0x0201: return "MLKEM768";
            case 0x0202: return "MLKEM1024";
            case 0x11eb: return "SecP256r1MLKEM768";
            case X25519MLKEM768: return "X25519MLKEM768";
            case 0x11ed: return "SecP384r1MLKEM1024";
            case 0x11ee: return "curveSM2MLKEM768";
            case 0x6399: return "X25519Kyber768Draft00";
            default: return null;
        }
    }

    private static String ellipticCurveName(int group) {
        switch (group) {
            case SECP256R1: return "secp256r1";
            case 0x0018: return "secp384r1";
            case 0x0019: return "secp521r1";
            case X25519: return "x25519";
            case X448: return "x448";
            case 0x001f: return "brainpoolP256r1tls13";
            case 0x0020: return "brainpoolP384r1tls13";
            case 0x0021: return "brainpoolP512r1tls13";
            case 0x0029: return "curveSM2";
            default: return null;
        }
    }

    private static String finiteFieldName(int group) {
        switch (group) {
            case 0x0100: return "ffdhe2048";
            case 0x0101: return "ffdhe3072";
            case 0x0102: return "ffdhe4096";
            case 0x0103: return "ffdhe6144";
            case 0x0104: return "ffdhe8192";
            default: return null;
        }
    }
}
