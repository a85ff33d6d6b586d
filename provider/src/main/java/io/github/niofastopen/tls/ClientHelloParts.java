// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.tls;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** What a ClientHello is made of (RFC 8446, 4.1.2), as far as it decides how long it is and what the server may choose. */
public final class ClientHelloParts {
    private static final int CLIENT_HELLO = 1;
    private static final int MAJOR_VERSION = 3;
    private static final int RANDOM_BYTES = 32;
    private static final int MOST_SESSION_ID_BYTES = 32;
    private static final int HOST_NAME = 0;
    private static final int OBFUSCATED_TICKET_AGE_BYTES = 4;
    private static final int GROUP_BYTES = 2;
    /** Of its group and its key's length. */
    private static final int KEY_SHARE_HEADER = 4;
    private static final int[] NO_GROUPS = {};

    private final int totalBytes;
    private final List<Extension> extensions;
    private byte[] sessionId;
    private int serverNameBytes;
    private List<KeyShare> keyShares = List.of();
    private int[] supportedGroups = NO_GROUPS;
    private int ticketBytes;
    private boolean valid = true;

    private ClientHelloParts(HandshakeMessage message) {
        totalBytes = message.wireBytes;
        require(readHead(message.body));
        Extensions read = Extensions.read(message.body);
        extensions = Collections.unmodifiableList(read.all);
        require(read.areValid());
        take(read);
    }

    /**
     * @param bytes what a client sends first, from offset on; what follows the ClientHello doesn't matter
     * @return null if it doesn't begin with a whole ClientHello, or with one that is no valid one
     */
    public static ClientHelloParts read(byte[] bytes, int offset, int length) {
        HandshakeMessage message = HandshakeMessage.read(CLIENT_HELLO, bytes, offset, length);
        if (message == null) {
            return null;
        }
        ClientHelloParts parts = new ClientHelloParts(message);
        return parts.valid ? parts : null;
    }

    private boolean readHead(Octets hello) {
        int major = hello.u8();
        hello.skip(1 + RANDOM_BYTES);
        Octets id = hello.vector8();
        int cipherSuites = hello.vector16().remaining();
        int compressionMethods = hello.vector8().remaining();
        sessionId = Arrays.copyOfRange(id.array(), id.at(), id.at() + id.remaining());
        return major == MAJOR_VERSION && sessionId.length <= MOST_SESSION_ID_BYTES && cipherSuites > 0 && cipherSuites % 2 == 0
            && compressionMethods > 0;
    }

    private void take(Extensions read) {
        takeServerName(read.contentOf(Extension.SERVER_NAME));
        takeGroups(read.contentOf(Extension.SUPPORTED_GROUPS));
        takeKeyShares(read.contentOf(Extension.KEY_SHARE));
        takeTicket(read.contentOf(Extension.SESSION_TICKET));
        takePreSharedKeys(read.contentOf(Extension.PRE_SHARED_KEY));
    }

    private void takeServerName(Octets content) {
        if (content == null) {
            return;
        }
        Octets names = content.vector16();
        while (names.hasMore()) {
            int type = names.u8();
            int length = names.vector16().remaining();
            serverNameBytes = type == HOST_NAME ? length : serverNameBytes;
        }
        require(names.isUsedUp() && content.isUsedUp());
    }

    private void takeGroups(Octets content) {
        if (content == null) {
            return;
        }
        Octets groups = content.vector16();
        supportedGroups = new int[groups.remaining() / GROUP_BYTES];
        for (int i = 0; i < supportedGroups.length; i++) {
            supportedGroups[i] = groups.u16();
        }
        require(supportedGroups.length > 0 && groups.isUsedUp() && content.isUsedUp());
    }

    private void takeKeyShares(Octets content) {
        if (content == null) {
            return;
        }
        List<KeyShare> taken = new ArrayList<>();
        Octets shares = content.vector16();
        while (shares.hasMore()) {
            taken.add(new KeyShare(shares.u16(), shares.vector16().remaining()));
        }
        keyShares = Collections.unmodifiableList(taken);
        require(shares.isUsedUp() && content.isUsedUp());
    }

    private void takeTicket(Octets content) {
        ticketBytes += content == null ? 0 : content.remaining();
    }

    private void takePreSharedKeys(Octets content) {
        if (content == null) {
            return;
        }
        Octets identities = content.vector16();
        while (identities.hasMore()) {
            ticketBytes += identities.vector16().remaining();
            identities.skip(OBFUSCATED_TICKET_AGE_BYTES);
        }
        content.vector16();
        require(identities.isUsedUp() && content.isUsedUp());
    }

    private void require(boolean holds) {
        if (!holds) {
            valid = false;
        }
    }

    /** Length of the records that carry it, their headers included: what has to find room in a SYN. */
    public int totalBytes() {
        return totalBytes;
    }

    /** Length of the host's name, 0 if it isn't told. */
    public int serverNameBytes() {
        return serverNameBytes;
    }

    /** In the client's order; empty before TLS 1.3. */
    public List<KeyShare> keyShares() {
        return keyShares;
    }

    /** The numbers of all {@link NamedGroup}s that the server may choose from, the client's favourite first. */
    public int[] supportedGroups() {
        return supportedGroups.clone();
    }

    /** Length of the tickets by which sessions are to be resumed, or of the names of other pre-shared keys; 0 if there are none. */
    public int ticketBytes() {
        return ticketBytes;
    }

    /** All of them, in the client's order. */
    public List<Extension> extensions() {
        return extensions;
    }

    /** Whether the server may choose a group that is post-quantum, with or without being sent a share of it. */
    public boolean offersPostQuantum() {
        for (int group : supportedGroups) {
            if (NamedGroup.isPostQuantum(group)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a server that chooses a post-quantum group needn't ask for a share of it. */
    public boolean sendsPostQuantumShare() {
        return postQuantumShareBytes() > 0;
    }

    /** How much shorter it would be without shares of post-quantum groups. */
    public int postQuantumShareBytes() {
        int bytes = 0;
        for (KeyShare share : keyShares) {
            bytes += NamedGroup.isPostQuantum(share.group()) ? KEY_SHARE_HEADER + share.bytes() : 0;
        }
        return bytes;
    }

    boolean hasSessionId(byte[] id) {
        return Arrays.equals(sessionId, id);
    }
}
