// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.tls;

import java.util.Arrays;
import java.util.HexFormat;

/** What a server has chosen (RFC 8446, 4.1.3), or what it asks for before it chooses (4.1.4). */
public final class ServerHelloParts {
    /** What {@link #group} says of a ServerHello that names none. */
    public static final int NO_GROUP = -1;
    public static final int TLS12 = 0x0303;
    public static final int TLS13 = 0x0304;
    private static final int SERVER_HELLO = 2;
    private static final int RANDOM_BYTES = 32;
    private static final int MOST_SESSION_ID_BYTES = 32;
    private static final int CIPHER_SUITE_BYTES = 2;
    /** The random of a ServerHello that is a HelloRetryRequest: SHA-256 of that word. */
    private static final byte[] RETRY =
        HexFormat.of().parseHex("cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c");

    private int version;
    private boolean retry;
    private byte[] sessionId;
    private int group = NO_GROUP;
    private boolean preSharedKey;
    private boolean valid = true;

    private ServerHelloParts(Octets hello) {
        require(readHead(hello));
        Extensions extensions = Extensions.read(hello);
        require(extensions.areValid());
        takeVersion(extensions.contentOf(Extension.SUPPORTED_VERSIONS));
        takeKeyShare(extensions.contentOf(Extension.KEY_SHARE));
        preSharedKey = extensions.contentOf(Extension.PRE_SHARED_KEY) != null;
    }

    /**
     * @param bytes what a server sends, from the beginning of the record that its hello begins in
     * @return null if it doesn't begin with a whole ServerHello, or with one that is no valid one
     */
    public static ServerHelloParts read(byte[] bytes, int offset, int length) {
        HandshakeMessage message = HandshakeMessage.read(SERVER_HELLO, bytes, offset, length);
        if (message == null) {
            return null;
        }
        ServerHelloParts parts = new ServerHelloParts(message.body);
        return parts.valid ? parts : null;
    }

    private boolean readHead(Octets hello) {
        version = hello.u16();
        retry = matches(hello.next(RANDOM_BYTES), RETRY);
        Octets id = hello.vector8();
        sessionId = Arrays.copyOfRange(id.array(), id.at(), id.at() + id.remaining());
        hello.skip(CIPHER_SUITE_BYTES);
        int compression = hello.u8();
        return version >> 8 == TLS12 >> 8 && sessionId.length <= MOST_SESSION_ID_BYTES && compression == 0;
    }

    private static boolean matches(Octets octets, byte[] expected) {
        int from = octets.at();
        return octets.isIntact() && Arrays.equals(octets.array(), from, from + expected.length, expected, 0, expected.length);
    }

    private void takeVersion(Octets content) {
        if (content != null) {
            version = content.u16();
            require(content.isUsedUp());
        }
    }

    /** A HelloRetryRequest names the group alone. */
    private void takeKeyShare(Octets content) {
        if (content != null) {
            group = content.u16();
            content.skip(retry ? 0 : content.u16());
            require(content.isUsedUp());
        }
    }

    private void require(boolean holds) {
        if (!holds) {
            valid = false;
        }
    }

    /** The version that the server has chosen, as {@link #TLS13}. */
    public int version() {
        return version;
    }

    /** Whether the server asks for another ClientHello: it has sent nothing yet that a session's keys come from. */
    public boolean isHelloRetryRequest() {
        return retry;
    }

    /** The number of the {@link NamedGroup} that it has chosen or asks for, or {@link #NO_GROUP}: TLS 1.2 tells it elsewhere. */
    public int group() {
        return group;
    }

    /** Whether the server takes up a session that the client has named. */
    public boolean resumes(ClientHelloParts hello) {
        return version >= TLS13 ? preSharedKey : sessionId.length > 0 && hello.hasSessionId(sessionId);
    }
}
