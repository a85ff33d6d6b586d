// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.keyshare;

import io.github.niofastopen.destinations.AuthenticatedServer;
import io.github.niofastopen.destinations.Rooms;
import io.github.niofastopen.destinations.ServerGroups;
import java.util.Map;
import java.util.function.Predicate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import sun.security.ssl.KeyShareBridge;

/**
 * Leaves the post-quantum share out of the ClientHello to a server that was offered one and has chosen a classical group, where
 * the ClientHello fits the SYN so, and wouldn't otherwise (draft-ietf-tls-key-share-prediction). The groups that the client
 * supports, and prefers, are told as ever: a server that insists on another asks for its share by a HelloRetryRequest.
 */
public final class KeySharePrediction extends KeyShareBridge {
    /** Before a ClientHello's message: the message's type and length (RFC 8446, 4), and the record's header (5.1). */
    private static final int HEADERS = 4 + 5;
    /** By RFC 2818, 3.1. */
    private static final String USUAL_IDENTIFICATION = "HTTPS";

    private final ServerGroups memory;
    private final Rooms rooms;
    private final Handshakes handshakes = new Handshakes();

    private KeySharePrediction(ServerGroups memory, Rooms rooms) {
        this.memory = memory;
        this.rooms = rooms;
    }

    /** Called by the door, by name. */
    public static void begin(ServerGroups memory, Rooms rooms) {
        use(new KeySharePrediction(memory, rooms));
    }

    @Override
    protected boolean isWithout(Object key, int group) {
        Handshake handshake = handshakes.of(key);
        if (isRetried(key)) {
            if (handshake != null) {
                handshake.retry(memory, helloLength(key) + HEADERS);
            }
            return false;
        }
        if (handshake == null) {
            handshake = begin(key);
        }
        return handshake != null && handshake.isWithout(group);
    }

    @Override
    protected void sent(Object key, int group, int length) {
        Handshake handshake = isRetried(key) ? null : handshakes.of(key);
        if (handshake != null) {
            handshake.sent(group, length);
        }
    }

    /** Null if there is nothing to choose, or nobody to learn of. */
    private Handshake begin(Object key) {
        int[] groups = groups(key);
        String host = host(key);
        int port = port(key);
        if (host == null || host.isEmpty() || port <= 0 || !isOfAStream(key) || Groups.firstPostQuantum(groups) == ServerGroups.NO_GROUP
                || isRenegotiation(key) || handshakes.isFull()) {
            return null;
        }
        AuthenticatedServer server = memory.server(context(key), identification(key), host, port);
        Handshake handshake = new Handshake(server, prediction(server, groups));
        handshakes.begin(key, handshake);
        return handshake;
    }

    /** Not QUIC's, nor DTLS's. */
    private static boolean isOfAStream(Object key) {
        Object transport = transport(key);
        return (transport instanceof SSLEngine || transport instanceof SSLSocket) && !isDatagram(key);
    }

    private ServerGroups.Choice prediction(AuthenticatedServer server, int[] groups) {
        ServerGroups.Choice choice = memory.classical(server);
        return choice != null && isOf(choice, groups) && fitsSoAlone(server, choice) ? choice : null;
    }

    private boolean fitsSoAlone(AuthenticatedServer server, ServerGroups.Choice choice) {
        return rooms.areTooSmall(server.host(), server.port(), choice.lengthOffered())
            && !rooms.areTooSmall(server.host(), server.port(), choice.lengthPredicted());
    }

    /** Whether the server has declined what would be left out, and chosen what would be sent: a JVM's clients may differ in groups. */
    private static boolean isOf(ServerGroups.Choice choice, int[] groups) {
        return choice.declined() == Groups.firstPostQuantum(groups)
            && (choice.group() == ServerGroups.NO_GROUP || Groups.contains(groups, choice.group()));
    }

    @Override
    protected void finished(Object key, Object session) {
        Map.Entry<Object, Handshake> ended = handshakes.end(new Ended(key, session));
        if (ended != null) {
            teach(ended.getValue(), ended.getKey());
        }
    }

    private void teach(Handshake handshake, Object key) {
        int chosen = chosen(key);
        if (handshake.isDeclinedBy(chosen) && !isWithTheServer(key)) {
            return;
        }
        if (handshake.teach(memory, chosen, helloLength(key) + HEADERS)) {
            rooms.expectShorter(handshake.server().host(), handshake.server().port());
        }
    }

    /**
     * Whether the certificate names the host that choices are kept by. By an algorithm the JDK has looked for it, or for another name
     * in the SNI (X509TrustManagerImpl.checkIdentity). Without one the application may look for it only after the handshake, which
     * anybody in between can have ended then who has a trusted certificate of any name.
     */
    private static boolean isWithTheServer(Object key) {
        String algorithm = identification(key);
        return isNamed(key, algorithm == null || algorithm.isEmpty() ? USUAL_IDENTIFICATION : algorithm);
    }

    private static final class Ended implements Predicate<Object> {
        private final Object key;
        private final Object session;

        Ended(Object key, Object session) {
            this.key = key;
            this.session = session;
        }

        @Override
        public boolean test(Object one) {
            return key == null ? isOf(one, session) : one == key;
        }
    }
}
